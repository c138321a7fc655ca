/** What only a row of a bulk request can be told. */
import { ApplicationError } from '../errors';

/** `row` is the position of the earlier one. */
export const repeatedRow = (row: number) =>
  new ApplicationError('repeated_row', 'An earlier row of this request is about the same product, SKU or slug', {
    row,
  });

export const rowNotDone = () =>
  new ApplicationError('row_not_done', 'There was no room left for this row: send it in another request');
