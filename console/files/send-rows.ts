/** Sends the rows of a file, a hundred at a time, and says what has become of each, or would. */
import { answerOf, api, type Schemas } from '../api/client';
import type { FileRow, ProductsFile } from './read';

export interface Outcome {
  row: FileRow;
  action: Schemas['RowAction'];
  /** Old and new values, or what is wrong. */
  said: string;
}

type Sendable = FileRow & Required<Pick<FileRow, 'fields'>>;

/** What one request takes: rows, and bytes with room for what is around them. */
const mostRows = 100;
const mostBytes = 1_000_000;

/** Each batch as it comes back. Throws `Problem`: what has come before is done. */
export async function* sendRows({ rows, describe }: ProductsFile, dryRun: boolean): AsyncGenerator<Outcome[]> {
  yield rows.flatMap((row) => (row.fields ? [] : [{ row, action: 'rejected', said: row.reason ?? '' } as const]));
  let open = rows.filter((row): row is Sendable => row.fields !== undefined);
  while (open.length > 0) {
    const batch = firstBatch(open);
    const body = { dryRun, rows: batch.map(({ fields }) => fields) };
    const { results } = await answerOf(api.POST('/admin/products/bulk', { body }));
    // Those that there was no room for go again, unless that would be so for ever.
    const isLeft = (index: number) => results[index]?.problem?.code === 'row_not_done';
    const left = batch.filter((_, index) => isLeft(index));
    const again = left.length < batch.length ? left : [];
    open = [...again, ...open.slice(batch.length)];
    yield batch.flatMap((row, index) => {
      const result = results[index];
      return !result || again.includes(row) ? [] : [{ row, action: result.action, said: describe(row, result) }];
    });
  }
}

function firstBatch(rows: readonly Sendable[]): Sendable[] {
  const batch: Sendable[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, mostRows)) {
    bytes += new TextEncoder().encode(JSON.stringify(row.fields)).length + 1;
    if (batch.length > 0 && bytes > mostBytes) break;
    batch.push(row);
  }
  return batch;
}
