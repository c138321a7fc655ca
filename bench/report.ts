/** docs/benchmarks.md: an introduction, and sections of which each says when it was measured and on what. */
import { cpus, loadavg } from 'node:os';
import { markdownTable } from '../test/support/markdown-table';
import type { Bar, Part, Section } from './section';

const intro = `# Benchmarks

What \`npm run bench\` has measured, each section when it says. Handlers run as they are deployed, on the embedded database of the local
stack. Compare ratios rather than times: rounds are interleaved, and each figure is the median of its rounds.

- \`bare-put\`, \`bare-create\`, \`bare-get\` and \`bare-query\` are handlers over \`lib-dynamodb\` without validation, access check or
  log. \`bare-create\` writes what \`create-product\` writes, in the same transaction. They share the settings of serverless.yml for
  their bundles (CommonJS, minified, target, \`mainFields\`), but not what it [replaces or leaves out](decisions/0005-bundles.md)
  of the SDK.
- \`floor\` makes the same write as \`bare-put\` without any SDK, signed by hand.`;

/** When something is measured and on what; to be asked before it begins. */
export function circumstances(): string {
  const [time, zone] = [new Date().toISOString().slice(0, 16).replace('T', ' '), 'UTC'];
  const [cpu] = cpus();
  const machine = `${cpu?.model.trim() ?? 'an unknown CPU'}, ${cpus().length} cores, Node ${process.versions.node}`;
  return `${time} ${zone}: ${machine}; the load was ${(loadavg()[0] ?? NaN).toFixed(1)} as it began`;
}

/** A section in Markdown. */
export function show({ name, title }: Pick<Section, 'name' | 'title'>, parts: Part[], measured: string): string {
  const bars = parts.flatMap((part) => part.bars ?? []);
  return [
    ...[`## ${title}`, `Measured by \`npm run bench -- ${name}\` on ${measured}.`],
    ...parts.flatMap(({ text, rows }) => [text, markdownTable(rows)]),
    ...(bars.length > 0 ? [barTable(bars), ...reasons(bars)] : []),
  ].join('\n\n');
}

const holds = ({ measured, atLeast = false }: Bar, limit: number) => (atLeast ? measured >= limit : measured <= limit);

function barTable(bars: Bar[]): string {
  const rows = bars.map((one) => {
    const { what, bar, stretch, measured, atLeast = false } = one;
    const sign = atLeast ? '≥' : '≤';
    const met = !holds(one, bar) ? 'no' : stretch !== undefined && holds(one, stretch) ? 'yes, and the stretch' : 'yes';
    return [what, `${sign} ${bar}`, stretch === undefined ? '' : `${sign} ${stretch}`, measured.toFixed(2), met];
  });
  return markdownTable([['Held against', 'bar', 'stretch', 'measured', 'met'], ...rows]);
}

/** Why bars are missed, each reason once. */
function reasons(bars: Bar[]): string[] {
  const missed = bars.filter((one) => !holds(one, one.bar)).flatMap(({ reason }) => reason ?? []);
  return [...new Set(missed)].map((reason) => `Missed: ${reason}`);
}

type Titled = Pick<Section, 'title'>;

/** The page with `text` for one of all sections, and with the others as they stand there. What it has of no section goes. */
export function compose(page: string, all: Titled[], measured: Titled, text: string): string {
  const old = page.split(/^(?=## )/m);
  const standing = ({ title }: Titled) => old.find((section) => section.startsWith(`## ${title}\n`)) ?? [];
  const present = all.flatMap((section) => (section.title === measured.title ? text : standing(section)));
  return [intro, ...present].join('\n\n');
}
