/** Whether bulk stays as fast as it is while the catalogue grows ten-thousandfold. */
import * as z from 'zod/mini';
import { call } from '../test/support/events';
import { productFields } from './catalogue';
import { median } from './quantiles';
import { rounds, type Bar, type Part } from './section';
import type { Store } from './stores';

const rowsPerRequest = 100;
const roundCount = rounds(20);

/** Requests to be measured, by the action that each of their rows comes to. */
const requests = [
  { what: 'new products', action: 'created' },
  { what: 'the same, another stock count', action: 'changed' },
  { what: 'the same, unchanged', action: 'unchanged' },
] as const;

export const bulkWriter = 'bulk-write-products';

/** A request of a hundred rows on each of the stores, held against the first, which is the smallest. */
export async function measureBulk(stores: Store[], categoryId: string): Promise<Part> {
  const runs = requests.map((): number[][] => []);
  for (let round = 0; round < roundCount; round += 1) {
    const fields = Array.from({ length: rowsPerRequest }, (_, row) =>
      productFields(`BULK-${round}-${row}`, categoryId),
    );
    const changed = fields.map((product) => ({ ...product, stockCount: 13 }));
    for (const [index, { action }] of requests.entries()) {
      const rows = action === 'created' ? fields : changed;
      const times: number[] = [];
      for (const turn of stores.keys()) {
        const place = (turn + round) % stores.length;
        const store = stores[place];
        if (store) times[place] = await measure(store, rows, action);
      }
      runs[index]?.push(times);
    }
  }
  const others = stores.slice(1);
  const ratio = (index: number, place: number) =>
    median((runs[index] ?? []).map((times) => (times[place] ?? NaN) / (times[0] ?? NaN)));
  const against = ({ size }: Store) => `${size.toLocaleString('en')} / ${stores[0]?.size ?? 0}`;
  const rows = requests.map(({ what }, index) => {
    const at = (place: number) => median((runs[index] ?? []).map((times) => times[place] ?? NaN));
    return [what, `${at(0).toFixed(0)} ms`, ...others.map((_, other) => ratio(index, other + 1).toFixed(2))];
  });
  const bars = requests.map(({ what }, index): Bar => {
    const last = others.at(-1);
    return {
      what: `bulk, ${what}, ${last ? against(last) : ''} products`,
      ...{ bar: 1.2, stretch: 1.1, measured: ratio(index, others.length) },
    };
  });
  return { text, rows: [['Request', 'at 100', ...others.map(against)], ...rows], bars };
}

const text = `Requests of ${rowsPerRequest} rows to \`POST /admin/products/bulk\`, one after the other on each of the catalogues in ${roundCount} rounds:`;

const answer = z.object({ results: z.array(z.object({ action: z.string() })) });

/** In milliseconds. Throws where a row does not come to what is to be measured. */
async function measure({ handlers }: Store, rows: object[], action: string): Promise<number> {
  const handler = handlers.get(bulkWriter);
  if (!handler) throw new Error(`There is no ${bulkWriter}`);
  const started = performance.now();
  const reply = await call(handler, { routeKey: 'POST /admin/products/bulk', body: { rows } });
  const milliseconds = performance.now() - started;
  const other = answer.parse(reply.body).results.find((result) => result.action !== action);
  if (other) throw new Error(`A row was ${other.action}, and not ${action}`);
  return milliseconds;
}
