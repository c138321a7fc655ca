/** Brings one category to what a row says: creates it, replaces it, or leaves it as it is. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Routes, Schemas } from '../../../deployment/api';
import { reasonOf } from './answer';
import type { Change } from './outcome';
import { Rejection } from '../rejection';

type Fields = Schemas['CategoryInput'];
type Stored = Fields & { id: string; version: number };

interface Goal {
  fields: Fields;
  /** The category as it stands. */
  find: () => Promise<Stored | undefined>;
  /** Nothing is written; what comes back would have been done. */
  dryRun: boolean;
}

/** Those that a PUT replaces. */
const names = ['name', 'slug', 'description'] as const;
const mostTries = 5;

/** Throws `Rejection` with what the API says against it. */
export async function upsertCategory(routes: Routes, { fields, find, dryRun }: Goal): Promise<Change> {
  let attempt: Change | undefined;
  for (let tries = 1; ; tries += 1) {
    const current = await find();
    const changed = current ? names.filter((name) => !isDeepStrictEqual(fields[name], current[name])) : [];
    // A write whose answer was lost is this row's doing all the same.
    if (current && changed.length === 0) return attempt ?? { action: 'unchanged', fields: [] };
    attempt = { action: current ? 'changed' : 'created', fields: changed };
    if (dryRun) return attempt;
    const { response, error } = await write(routes, fields, current);
    if (response.ok) return attempt;
    if (tries === mostTries || !isOvertaken(response)) throw new Rejection(reasonOf(response.status, error));
  }
}

const write = (routes: Routes, body: Fields, current: Stored | undefined) =>
  current
    ? routes.PUT('/categories/{categoryId}', {
        params: { path: { categoryId: current.id }, header: { 'If-Match': `"${current.version}"` } },
        // A row says nothing of where a category is.
        body: { parentId: current.parentId, ...body },
      })
    : // A key of this attempt alone: one made from the row would replay the answer of an earlier run to a record deleted since.
      routes.POST('/categories', { params: { header: { 'Idempotency-Key': randomUUID() } }, body });

/** Someone else has written in between: looking again shows what is to be done now. */
const isOvertaken = ({ status }: Response) => status === 412 || status === 404;
