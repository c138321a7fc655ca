/** What there is to say about a route: its name, its input, its answer, and the errors that only some routes can give. */
import type { categoryQuery } from '../src/catalog/category';
import type { historyQuery } from '../src/catalog/history-query';
import type { changeQuery } from '../src/changes/parameters';
import type { uploadQuery } from '../src/images/upload-parameters';
import type { anyProductSearch, productSearch } from '../src/search/parameters';
import type { userQuery } from '../src/users/parameters';
import type { ErrorCode, RowErrorCode } from '../src/errors';
import type { answers, bodies } from './components';

export interface Operation {
  id: string;
  tag: 'Products' | 'Categories' | 'Changes' | 'Users';
  summary: string;
  description?: string;
  query?:
    | typeof productSearch
    | typeof anyProductSearch
    | typeof categoryQuery
    | typeof historyQuery
    | typeof changeQuery
    | typeof userQuery
    | typeof uploadQuery;
  body?: keyof typeof bodies;
  /** Where not each media type is told of that it may have. */
  bodyType?: 'application/json';
  /** `Idempotency-Key` is heeded. */
  repeatable?: true;
  /** What becomes of `If-Match`; without this it is not looked at. */
  ifMatch?: 'required' | 'heeded';
  /** `If-None-Match` is heeded. */
  cacheable?: true;
  status: 200 | 201 | 204;
  answer?: keyof typeof answers;
  /**
   * Beside those that follow from the rest: `invalid_request`, `forbidden`, `internal_error` and `busy` everywhere; with a body
   * `invalid_json`, `body_too_large` and `unsupported_media_type`; with an id `not_found`; with `Idempotency-Key`
   * `idempotency_key_reused`; with `If-Match` `stale_version`, and `precondition_required` where it is required.
   */
  errors: Exclude<ErrorCode, RowErrorCode>[];
}

const unchanged = 'Where nothing changes, no version is made and the ETag stays.';
export const put = `Replaces every writable field. ${unchanged}`;
export const patch =
  'A JSON Merge Patch (RFC 7396): absent fields stay, `null` puts an optional field back to what POST would give it. ' +
  unchanged;
export const lag =
  'A page can hold fewer items than `limit` and still have a `nextToken`. The list may lag a moment behind a write.';
export const history = 'Newest first, and there still when the record is deleted.';
export const [created, ok, noContent] = [201, 200, 204] as const;
