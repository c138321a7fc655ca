/** A page of `docs` that says what to change and what to run, and the changes applied to a copy of the project. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

interface Block {
  /** `diff` and `ts` are changes to a file, `bash` is to be run. */
  language: string;
  code: string;
  /** The file that the page has named last before the block. */
  file: string;
}

/** The code blocks of a page, in their order. */
export function readGuide(file: string): Block[] {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  let last = '';
  return [...text.matchAll(/([^]*?)```(\w+)\n([^]*?)```\n/g)].map(([, before = '', language = '', code = '']) => {
    last = [...before.matchAll(/`([\w/-]+\.\w+)`/g)].at(-1)?.[1] ?? last;
    return { language, code, file: last };
  });
}

/** Makes the change that a block shows. Throws where the file is not as the block says. */
export function applyChange(directory: string, { language, code, file }: Block): void {
  const target = path.join(directory, file);
  if (language === 'ts') {
    writeFileSync(target, code, { flag: 'wx' });
    return;
  }
  const lines = readFileSync(target, 'utf8').split('\n');
  for (const hunk of code.split('\n\n')) {
    const marked = hunk.split('\n').filter((line) => line !== '');
    const anchors = marked.filter((line) => line.startsWith(' ')).map((line) => line.slice(1));
    const [anchor, ...others] = anchors;
    const at = lines.indexOf(anchor ?? '');
    if (anchor === undefined || others.length > 0 || at < 0 || lines.indexOf(anchor, at + 1) >= 0) {
      throw new Error(`${file} has not one line "${anchors.join('\n')}"`);
    }
    const added = marked.map((line) => line.slice(1));
    if (!marked.every((line) => /^[ +]/.test(line))) throw new Error(`This is no change to ${file}: ${hunk}`);
    lines.splice(at, 1, ...added);
  }
  writeFileSync(target, lines.join('\n'));
}
