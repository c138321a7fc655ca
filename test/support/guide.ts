/** A page of `docs` that says what to change and what to run, and the changes applied to a copy of the project. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';

interface Block {
  /** `diff` and `ts` are changes to a file, `bash` is to be run. */
  language: string;
  code: string;
  /** The file that the page has named last before the block. */
  file: string;
  /** The number of the section that it stands in. */
  section: number;
}

/** The code blocks of a page, in their order. */
export function readGuide(file: string): Block[] {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  let last = '';
  let section = 0;
  return [...text.matchAll(/([^]*?)```(\w+)\n([^]*?)```\n/g)].map(([, before = '', language = '', code = '']) => {
    last = [...before.matchAll(/`([\w/-]+\.\w+)`/g)].at(-1)?.[1] ?? last;
    section += before.match(/^## \d/gm)?.length ?? 0;
    return { language, code, file: last, section };
  });
}

/** A copy of the project, to be changed. */
export function copyProject(): string {
  const copy = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-guide-')), 'project');
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: projectRoot, encoding: 'utf8' });
  for (const folder of new Set(files.split('\n').map((file) => file.split('/')[0] ?? ''))) {
    if (folder !== '') cpSync(path.join(projectRoot, folder), path.join(copy, folder), { recursive: true });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

/** Does what a block says: makes its change, or runs it. */
export function follow(directory: string, block: Block): void {
  if (block.language === 'bash') execFileSync('bash', ['-euo', 'pipefail', '-c', block.code], { cwd: directory });
  else applyChange(directory, block);
}

/** Everything that a script prints in the folder: as in a terminal, what is refused does not end it. */
export function runScript(directory: string, script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    execFile('bash', ['-c', `exec 2>&1\n${script}`], { cwd: directory, env }, (_, stdout) => resolve(stdout));
  });
}

/** Makes the change that a block shows. Throws where the file is not as the block says. */
function applyChange(directory: string, { language, code, file }: Block): void {
  const target = path.join(directory, file);
  if (language === 'ts') {
    writeFileSync(target, code, { flag: 'wx' });
    return;
  }
  writeFileSync(target, changedText(readFileSync(target, 'utf8'), { code, file }));
}

/** The text of a file with the change that a block shows. Throws where it is not as the block says. */
export function changedText(text: string, { code, file }: Pick<Block, 'code' | 'file'>): string {
  const lines = text.split('\n');
  for (const hunk of code.split('\n\n')) {
    const marked = hunk.split('\n').filter((line) => line !== '');
    if (!marked.every((line) => /^[ +-]/.test(line))) throw new Error(`This is no change to ${file}: ${hunk}`);
    const without = (sign: string) => marked.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
    const before = without('+');
    const isThere = (_: string, at: number) => before.every((line, offset) => lines[at + offset] === line);
    const places = lines.flatMap((line, at) => (isThere(line, at) ? [at] : []));
    const [place] = places;
    if (place === undefined || places.length > 1) throw new Error(`${file} has not once "${before.join('\n')}"`);
    lines.splice(place, before.length, ...without('-'));
  }
  return lines.join('\n');
}
