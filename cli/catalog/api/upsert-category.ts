/** Brings one category to what a row says: creates it, replaces it, or leaves it as it is. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { reasonOf, type Answer, type Send } from './answer';
import type { Change } from './outcome';
import { Rejection } from '../rejection';

type Fields = Readonly<Record<string, unknown>>;
type Stored = Fields & { id: string; version: number };

interface Goal {
  fields: Fields;
  /** The category as it stands. */
  find: () => Promise<Stored | undefined>;
  /** Nothing is written; what comes back would have been done. */
  dryRun: boolean;
}

/** Those that a PUT replaces. */
const names = ['name', 'slug', 'description'];
const mostTries = 5;

/** Throws `Rejection` with what the API says against it. */
export async function upsertCategory(send: Send, { fields, find, dryRun }: Goal): Promise<Change> {
  let attempt: Change | undefined;
  for (let tries = 1; ; tries += 1) {
    const current = await find();
    const changed = current ? names.filter((name) => !isDeepStrictEqual(fields[name], current[name])) : [];
    // A write whose answer was lost is this row's doing all the same.
    if (current && changed.length === 0) return attempt ?? { action: 'unchanged', fields: [] };
    attempt = { action: current ? 'changed' : 'created', fields: changed };
    if (dryRun) return attempt;
    const answer = await write(send, fields, current);
    if (answer.status === 200 || answer.status === 201) return attempt;
    if (tries === mostTries || !isOvertaken(answer)) throw new Rejection(reasonOf(answer));
  }
}

function write(send: Send, fields: Fields, current: Stored | undefined): Promise<Answer> {
  const path = '/categories';
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
const isOvertaken = ({ status }: Answer) => status === 412 || status === 404;
