/** Brings whoever has sent a form to the first field that cannot be accepted. */
import { labels, type Faults, type Values } from './values';

export function focusFirst(faults: Faults): void {
  const [first] = (Object.keys(labels) as (keyof Values)[]).filter((field) => faults[field] !== undefined);
  if (first === undefined) return;
  const field = document.getElementById(`field-${first}`);
  (field?.matches('input, select, textarea') ? field : field?.querySelector('input'))?.focus();
}
