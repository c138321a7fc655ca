/** Rejected rows as a file that can be corrected and imported: as they stood, with line and reason in front. */
import * as z from 'zod/mini';
import type { Place } from '../rejection';
import { safeCell } from './cells';
import type { Header } from './header';
import { csvLayout, jsonLayout, type Layout } from './layout';
import { annotations, type Row } from './row';

export interface RejectedRow extends Place, Pick<Row, 'original'> {
  reason: string;
}

/** A file with a header row is CSV, and one without it JSON. */
export const rejectedLayout = (header: Header | undefined): Layout<RejectedRow> => (header ? inCells(header) : inJson);

function inCells({ names, width, columns, delimiter }: Header): Layout<RejectedRow> {
  const all = [...names, ...Array.from({ length: width - names.length }, () => '')];
  const own = all.filter((_, index) => !annotations.includes(columns[index] ?? ''));
  const { write, ...layout } = csvLayout([...annotations, ...own.map(safeCell)], delimiter, true);
  return {
    ...layout,
    write: ({ line, reason, original }) => write([String(line), reason, ...z.parse(cells, original)].map(safeCell)),
  };
}

const cells = z.array(z.string());

const inJson: Layout<RejectedRow> = {
  ...jsonLayout,
  write: ({ line, inLine, reason, original }) =>
    jsonLayout.write({ line, record: inLine, reason, ...(z.safeParse(object, original).data ?? { original }) }),
};

const object = z.record(z.string(), z.unknown());
