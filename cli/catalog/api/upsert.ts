/** Brings one record of the catalogue to what a row says: creates it, replaces it, or leaves it as it is. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { problemIn, reasonOf, type Answer, type Send } from './answer';
import { Rejection } from '../rejection';

type Fields = Readonly<Record<string, unknown>>;
type Stored = Fields & { id: string; version: number };

interface Goal {
  path: '/products' | '/categories';
  /** Those that a PUT replaces. */
  names: string[];
  fields: Fields;
  /** The record as it stands. */
  find: () => Promise<Stored | undefined>;
  /** Nothing is written; what comes back would have been done. */
  dryRun: boolean;
}

export interface Change {
  action: 'created' | 'changed' | 'unchanged';
  /** What was changed. */
  fields: string[];
}

const mostTries = 5;

/** Throws `Rejection` with what the API says against it. */
export async function upsert(send: Send, { path, names, fields, find, dryRun }: Goal): Promise<Change> {
  let attempt: Change | undefined;
  for (let tries = 1; ; tries += 1) {
    const current = await find();
    // Without a slug in the row, a new record gets one from its name, and one that is there keeps its own.
    const wanted: Fields = { ...fields, slug: fields['slug'] ?? current?.['slug'] };
    const changed = current ? names.filter((name) => !isDeepStrictEqual(wanted[name], current[name])) : [];
    // A write whose answer was lost is this row's doing all the same.
    if (current && changed.length === 0) return attempt ?? { action: 'unchanged', fields: [] };
    attempt = { action: current ? 'changed' : 'created', fields: changed };
    if (dryRun) return attempt;
    const answer = await write(send, path, wanted, current);
    if (answer.status === 200 || answer.status === 201) return attempt;
    if (tries === mostTries || !isOvertaken(answer)) throw new Rejection(reasonOf(answer));
  }
}

function write(send: Send, path: string, fields: Fields, current: Stored | undefined): Promise<Answer> {
  const body = JSON.stringify(fields);
  const headers = { 'content-type': 'application/json' };
  return current
    ? send({
        method: 'PUT',
        path: `${path}/${current.id}`,
        headers: { ...headers, 'if-match': `"${current.version}"` },
        body,
      })
    : // A key of this attempt alone: one made from the row would replay the answer of an earlier run to a record deleted since.
      send({ method: 'POST', path, headers: { ...headers, 'idempotency-key': randomUUID() }, body });
}

/** Someone else has written in between: looking again shows what is to be done now. */
const isOvertaken = (answer: Answer) =>
  answer.status === 412 || answer.status === 404 || problemIn(answer).code === 'sku_taken';
