/** Programs that a page of `docs` shows, whose first line is a comment with the name of the file, ready to be run. */
import { transformSync } from 'esbuild';
import { readGuide } from './guide';

/** What a program imports, by the names that it imports it under. */
type Imports = Readonly<Record<string, unknown>>;

/**
 * Loads a program of the page. What it exports is for the test to name. Throws where the page has no such program, or where that
 * imports anything else.
 */
export function loadFromPage(page: string, name: string, imports: Imports): unknown {
  const block = readGuide(page).find(({ code }) => new RegExp(String.raw`^// ([\w./-]+)`).exec(code)?.[1] === name);
  if (!block) throw new Error(`${page} shows no ${name}`);
  const { code } = transformSync(block.code, { loader: 'ts', format: 'cjs', target: 'node20' });
  const load = (wanted: string): unknown => {
    if (!Object.hasOwn(imports, wanted)) throw new Error(`${name} of ${page} imports ${wanted}`);
    return imports[wanted];
  };
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- It is ours, and a module in no file.
  new Function('module', 'require', code)(module, load);
  return module.exports;
}
