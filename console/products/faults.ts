/** What the API says of the fields of a product. */
import { fieldFaults } from '../api/problem';
import type { Faults } from './values';

/** The API's names of fields are the form's, but for those of the price. */
export function errorFaults(error: unknown): Faults {
  const { price, ...others } = fieldFaults(error);
  return { ...others, ...(price === undefined ? {} : { amount: price }) };
}
