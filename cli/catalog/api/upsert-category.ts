/** Brings one category to what a row says: creates it, changes it, or leaves it as it is. */
import type { Routes, Schemas } from '../../../deployment/routes';
import { goneSince, lacking, overtaken, Rejection, staleVersion } from '../rejection';
import { refusalOf } from './answer';
import type { Change, FieldChange } from './outcome';

type Fields = Schemas['CategoryChanges'];
type Stored = Schemas['CategoryInput'] & { id: string; version: number };

interface Goal {
  /** What it should be; what is undefined stays as it is, and what is `null` is taken away. */
  fields: Fields;
  /** The one that the row is based on, to be checked. */
  version: number | undefined;
  /** The category as it stands. */
  find: () => Promise<Stored | undefined>;
  /** Nothing is written; what comes back would have been done. */
  dryRun: boolean;
}

/** `id` of what is created, but for a dry run. */
export type CategoryChange = Change & { id?: string | undefined };

const mostTries = 5;

/** Of what is created, `changes` has alone where it is. Throws `Rejection` with what the API says against it. */
export async function upsertCategory(routes: Routes, { fields, version, find, dryRun }: Goal): Promise<CategoryChange> {
  let attempt: CategoryChange | undefined;
  for (let tries = 1; ; tries += 1) {
    const current = await find();
    const changes = changesOf(current, fields);
    // A write whose answer was lost is this row's doing all the same.
    if (current && changes.length === 0) return attempt ?? { action: 'unchanged', changes };
    requireVersion(current, version);
    attempt = { action: current ? 'changed' : 'created', changes };
    if (!current && fields.name === undefined) throw new Rejection(lacking('category', ['name']));
    if (dryRun) return attempt;
    const { response, error, data } = await (current ? change(routes, current, fields) : create(routes, fields));
    if (response.ok) return current ? attempt : { ...attempt, id: data?.id };
    if (!isOvertaken(response)) throw new Rejection(refusalOf('category', response.status, error));
    if (tries === mostTries) throw new Rejection(overtaken);
  }
}

/** Those that a caller sets. */
const names = ['name', 'slug', 'description', 'parentId'] as const;

const changesOf = (current: Stored | undefined, fields: Fields): FieldChange[] =>
  (current ? names : (['parentId'] as const)).flatMap((name) => {
    const [before, after] = [current?.[name] ?? undefined, fields[name] ?? undefined];
    return fields[name] === undefined || after === before ? [] : [{ pointer: `/${name}`, before, after }];
  });

function requireVersion(current: Stored | undefined, version: number | undefined): void {
  if (version === undefined || version === current?.version) return;
  throw new Rejection(current ? staleVersion(version, current.version) : goneSince('category', version));
}

function change(routes: Routes, { id, version }: Stored, body: Fields) {
  const params = { path: { categoryId: id }, header: { 'If-Match': `"${version}"` } };
  return routes.PATCH('/categories/{categoryId}', { params, body });
}

function create(routes: Routes, { name = '', slug, description, parentId }: Fields) {
  // A key of this attempt alone: one made from the row would replay the answer of an earlier run to a record deleted since.
  const params = { header: { 'Idempotency-Key': crypto.randomUUID() } };
  return routes.POST('/categories', {
    params,
    body: {
      name,
      ...(slug && { slug }),
      ...(typeof description === 'string' && { description }),
      ...(typeof parentId === 'string' && { parentId }),
    },
  });
}

/** Someone else has written in between: looking again shows what is to be done now. */
const isOvertaken = ({ status }: Response) => status === 412 || status === 404;
