/** What the processes of a search came to, as rows of docs/benchmarks.md. */
import { quantile } from './quantiles';
import type { Figures, Measured } from './search-process';

export const header = [
  'Products',
  'start from',
  'cold',
  'warm, p50',
  'warm, p99',
  'longest question, p50',
  'held',
  'peak',
  'taking it',
];

export const warm = ({ took }: Figures) => took.flat();
const longestOf = ({ took }: Figures) => Math.max(...took.map((values) => quantile(values, 0.5)));

export function row({ size, start, memory, figures: found, taken }: Measured): string[] {
  const first = [size.toLocaleString('en'), `the ${start}${memory === undefined ? '' : `, with ${memory} MB`}`];
  const last =
    typeof taken === 'object'
      ? `${(taken.milliseconds / 1000).toFixed(1)} s, ${Math.round(taken.peak)} MB`
      : (taken ?? '');
  if (typeof found === 'string') return [...first, found, '', '', '', '', '', last];
  return [
    ...first,
    `${(found.cold / 1000).toFixed(2)} s`,
    ...[quantile(warm(found), 0.5), quantile(warm(found), 0.99), longestOf(found)].map((ms) => `${ms.toFixed(1)} ms`),
    ...[found.held, found.peak].map((megabytes) => `${Math.round(megabytes)} MB`),
    last,
  ];
}
