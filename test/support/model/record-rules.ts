/** The rules that products and categories share: versions, histories, slugs and idempotency keys. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../events';
import { contentOf } from '../histories';
import type { Category, Product } from '../representations';
import { slugsOf, type Catalogue, type CatalogueRequest, type Version } from './catalogue';
import type { Expectation } from './expectation';

export const problem = (status: number, code: string, facts: object = {}): Expectation => ({
  status,
  body: { code, ...facts },
});

export const notFound = problem(404, 'not_found');

/** The answer with a record, and its ETag. */
export const found = (status: number, record: { version: number }): Expectation => ({
  status,
  body: record,
  headers: { etag: `"${record.version}"` },
});

/** The refusal of a write that is conditional on another version. */
export function staleness({ ifMatch }: CatalogueRequest, { version }: { version: number }): Expectation | undefined {
  const stale = ifMatch !== undefined && ifMatch !== '*' && ifMatch !== `"${version}"`;
  return stale ? problem(412, 'stale_version', { currentVersion: version }) : undefined;
}

export function remember({ past }: Catalogue, id: string, action: Version['action'], by: string): void {
  const before = past.get(id) ?? [];
  past.set(id, [...before, { version: before.length + 1, action, by }]);
}

/** What the history of a record must be, newest first, as far as the model knows it. */
export function historyOf({ past }: Catalogue, id: string): Expectation {
  const versions = past.get(id);
  if (!versions) return notFound;
  return { status: 200, body: { versions: versions.toReversed() }, read: readVersions };
}

const readVersions = ({ items }: { items: Version[] }) => ({
  versions: items.map(({ version, action, by }) => ({ version, action, by })),
});

/** Whether a change leaves the record as it is: then there is no new version of it. */
export const isUnchanged = (before: Stamped, after: Stamped) => isDeepStrictEqual(contentOf(before), contentOf(after));

type Stamped = Product | Omit<Category, 'productCount'>;

/** The fields that the server sets on a new version of a record. */
export const stamp = (request: CatalogueRequest, { body }: Answer, before?: Stamped) => ({
  version: (before?.version ?? 0) + 1,
  createdAt: before?.createdAt ?? String(body?.createdAt),
  createdBy: before?.createdBy ?? request.caller,
  updatedAt: String(body?.updatedAt),
  updatedBy: request.caller,
});

/**
 * The slug of a record that comes without one: from its name, with a suffix where that is taken. Among other writes, it may
 * have been taken for a moment that no order of them shows.
 */
export function derivedSlug(
  { name, id, current }: { name: string; id: string; current?: string | undefined },
  taken: (slug: string) => boolean,
  { body }: Answer,
  alone: boolean,
): string {
  const [plain, suffixed] = slugsOf(name, id);
  if (current === plain || current === suffixed) return current;
  return taken(plain) || (!alone && body?.slug === suffixed) ? suffixed : plain;
}

const keyOf = ({ caller, key }: CatalogueRequest) => `${caller} ${key}`;

/** What a request gets whose key is in use, if it is. */
export function repetition({ kept }: Catalogue, request: CatalogueRequest): Expectation | undefined {
  const before = request.key === undefined ? undefined : kept.get(keyOf(request));
  if (!before) return undefined;
  if (!isDeepStrictEqual(before.request, request)) return problem(422, 'idempotency_key_reused');
  const answer = found(201, before.record);
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

/** The answer to a creation that makes this record. */
export function creation(
  { kept, ...catalogue }: Catalogue,
  request: CatalogueRequest,
  record: Product | Category,
  store: () => void,
): Expectation {
  const answer = found(201, record);
  return {
    ...answer,
    headers: { ...answer.headers, 'idempotency-replayed': undefined },
    change: () => {
      store();
      remember({ kept, ...catalogue }, record.id, 'created', request.caller);
      if (request.key !== undefined) kept.set(keyOf(request), { request, record });
    },
  };
}
