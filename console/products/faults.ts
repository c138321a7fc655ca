/** What is wrong with the fields of a product: as the API says it, and until they are changed. */
import type { FieldFault } from '../api/problem';
import { isolated } from '../ui/isolated';
import { asSentence, faultsAtFields } from '../ui/faults';
import { changedFields, fields, type Faults, type Values } from './values';

/** The API's names of fields are the form's, but for those of the price. */
export const apiFields: readonly string[] = [...fields, 'price'];

/** With which of several it is about. */
function say(fault: FieldFault): string {
  const { field, below, detail } = fault;
  const [which] = below;
  if (field === 'attributes' && which !== undefined) return `“${isolated(which)}” ${detail}`;
  if (field === 'images' && which !== undefined) return `Picture ${Number(which) + 1} ${detail}`;
  return asSentence(fault);
}

export function errorFaults(error: unknown): Faults {
  const { price, ...others } = faultsAtFields(error, say);
  return { ...others, ...(price !== undefined && { amount: price }) };
}

/** Nobody is told of a fault any more that they have seen to. */
export function faultsLeft(faults: Faults, before: Values, after: Values): Faults {
  const changed = changedFields(before, after);
  return Object.fromEntries(fields.filter((field) => !changed.includes(field)).map((field) => [field, faults[field]]));
}
