/** What a refusal says of the fields of a form, to be shown at each. */
import { fieldFaults, type FieldFault } from '../api/problem';

/** "must not be empty", as what stands at a field begins. */
export const asSentence = ({ detail }: FieldFault): string => detail.charAt(0).toUpperCase() + detail.slice(1);

/** By the API's names of the fields; several of one field one after the other. */
export function faultsAtFields(error: unknown, say = asSentence): Record<string, string> {
  const said: Record<string, string> = {};
  for (const fault of fieldFaults(error)) {
    const { [fault.field]: before } = said;
    said[fault.field] = before === undefined ? say(fault) : `${before}. ${say(fault)}`;
  }
  return said;
}
