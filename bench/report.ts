/** docs/benchmarks.md: its parts, and the file, whose last sections are written by commands of their own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { projectRoot } from '../deployment/service';
import { markdownTable } from '../test/support/markdown-table';
import { isTrial, type Bar, type Section } from './section';

const file = path.join(projectRoot, 'docs', 'benchmarks.md');
export const consoleTitle = '## The console\n';
export const millionTitle = '## A million products\n';
const ownTitles = [consoleTitle, millionTitle];

/** What was measured when, and on what. */
export const machine = () =>
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, ` +
  `Node ${process.versions.node}.`;

export const show = ({ title, text, rows }: Section) => `## ${title}\n\n${text}\n\n${markdownTable(rows)}`;

export function barTable(bars: Bar[]): string {
  const rows = bars.map(({ what, bar, stretch, measured, atLeast = false }) => {
    const holds = (limit: number) => (atLeast ? measured >= limit : measured <= limit);
    const sign = atLeast ? '≥' : '≤';
    const met = !holds(bar) ? 'no' : stretch !== undefined && holds(stretch) ? 'yes, and the stretch' : 'yes';
    return [what, `${sign} ${bar}`, stretch === undefined ? '' : `${sign} ${stretch}`, measured.toFixed(2), met];
  });
  return markdownTable([['', 'bar', 'stretch', 'measured', 'met'], ...rows]);
}

/** Prints the report, and writes it to the file where it is no trial. */
export async function report(parts: string[]): Promise<void> {
  const text = await format(parts.join('\n\n'), { parser: 'markdown', printWidth: 120 });
  console.log(text);
  if (!isTrial) writeFileSync(file, text);
}

/** The file as it stands, its introduction and each section apart. */
const sections = () => readFileSync(file, 'utf8').split(/^(?=## )/m);

/** The sections of the file that have commands of their own, as they stand. */
export const readOwn = (): string[] => sections().filter((text) => ownTitles.some((title) => text.startsWith(title)));

/** Puts another section in the place of the one with this title. */
export async function reportOwn(title: string, parts: string[]): Promise<void> {
  const written = new Map(ownTitles.map((own) => [own, sections().find((text) => text.startsWith(own)) ?? '']));
  written.set(title, [title, ...parts].join('\n\n'));
  const others = sections().filter((text) => !ownTitles.some((own) => text.startsWith(own)));
  await report([...others, ...written.values()]);
}
