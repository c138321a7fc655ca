/** What only a row of a bulk request can be told. */
import { ApplicationError } from '../errors';

/** `row` is the position of the other: the earlier one, or a later one that is done by now. */
export const repeatedRow = (row: number) =>
  new ApplicationError('repeated_row', 'Another row of this request is about the same product, SKU or slug', { row });

export const rowNotDone = () =>
  new ApplicationError('row_not_done', 'There was no room left for this row: send it in another request');
