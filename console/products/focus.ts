/** Brings whoever has sent a form to the first field that cannot be accepted. */
import { fields, type Faults } from './values';

export function focusFirst(faults: Faults): void {
  const first = fields.find((field) => faults[field] !== undefined);
  if (first === undefined) return;
  const field = document.getElementById(`field-${first}`);
  (field?.matches('input, select, textarea') ? field : field?.querySelector('input'))?.focus();
}
