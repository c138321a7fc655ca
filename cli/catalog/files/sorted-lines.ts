/** Sorts more lines than memory should hold: sorted runs of them go to files, which are merged as they are read back. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

// In characters.
const runLength = 2 * 2 ** 20;

/** So many runs are merged at once: of each, some 300 KiB are in memory then. */
const mostMerged = 32;

/** Sorts lines by their UTF-16 code units. The files stay in the directory. */
export async function* sortLines(lines: AsyncIterable<string>, directory: string): AsyncGenerator<string> {
  const files: string[] = [];
  let count = 0;
  const newFile = () => path.join(directory, `run-${count++}`);
  let run: string[] = [];
  let length = 0;
  for await (const line of lines) {
    run.push(line);
    length += line.length;
    if (length < runLength) continue;
    const file = newFile();
    await writeFile(file, `${run.sort().join('\n')}\n`);
    files.push(file);
    run = [];
    length = 0;
  }
  while (files.length > mostMerged) {
    // No more than it takes: what is merged here is written twice.
    const merged = files.splice(0, Math.min(mostMerged, files.length - mostMerged + 1));
    const file = newFile();
    await pipeline(ended(merge(merged.map(readLines))), createWriteStream(file));
    await Promise.all(merged.map((old) => rm(old)));
    files.push(file);
  }
  yield* merge([run.sort().values(), ...files.map(readLines)]);
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

type Lines = Iterator<string> | AsyncIterator<string>;

async function* merge(runs: Lines[]): AsyncGenerator<string> {
  const heads = [];
  for (const run of runs) {
    const first = await run.next();
    if (!first.done) heads.push({ run, line: first.value });
  }
  for (;;) {
    const [first, ...others] = heads;
    if (!first) return;
    const least = others.reduce((a, b) => (b.line < a.line ? b : a), first);
    yield least.line;
    const next = await least.run.next();
    if (next.done) heads.splice(heads.indexOf(least), 1);
    else least.line = next.value;
  }
}

/** Not `readline`, which ends lines at U+2028 too. */
async function* readLines(file: string): AsyncGenerator<string> {
  let rest = '';
  const chunks: AsyncIterable<string> = createReadStream(file, 'utf8');
  for await (const chunk of chunks) {
    const [...complete] = `${rest}${chunk}`.split('\n');
    rest = complete.pop() ?? '';
    yield* complete;
  }
}
