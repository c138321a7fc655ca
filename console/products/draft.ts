/** A product that is being edited: as it was read, as the form has it, and what has become of it meanwhile. */
import type { Product } from '../api/client';
import { changedFields, merged, valuesOf, withJoined, type Values } from './values';

export interface Draft {
  saved: Product;
  values: Values;
  /** A newer version, of which somebody has to say what is to stand. */
  theirs?: Product;
}

export const draftOf = (saved: Product, values = valuesOf(saved)): Draft => ({ saved, values });

/** What was read, and what the form has; both with pictures that are in `theirs` alone. */
export function formsOf({ saved, values, theirs = saved }: Draft): { base: Values; values: Values } {
  const [read, there] = [valuesOf(saved), valuesOf(theirs)];
  return { base: withJoined(read, read, there), values: withJoined(values, read, there) };
}

const none: ReadonlySet<keyof Values> = new Set();

/** Goes on from a newer version, unless a field has been changed to one thing here and to another there. */
export function follow(draft: Draft, theirs: Product): Draft {
  const { base, values } = formsOf({ ...draft, theirs });
  const there = valuesOf(theirs);
  const differing = changedFields(values, there);
  const changed = changedFields(base, values).filter((field) => differing.includes(field));
  const isOpen = draft.theirs !== undefined || changedFields(base, there).some((field) => changed.includes(field));
  return isOpen ? { ...draft, theirs } : draftOf(theirs, merged(base, there, values, none));
}

/** Goes on from what has been saved, with what was typed since it was sent. */
export const afterSaving = (draft: Draft, sent: Values, saved: Product): Draft =>
  // A picture that has joined meanwhile has made a newer version, which the draft follows already.
  saved.version < draft.saved.version ? draft : draftOf(saved, merged(sent, valuesOf(saved), draft.values, none));

/** Whether nothing has changed but that pictures have joined. */
export const hasJoinedAlone = (before: Product, now: Product): boolean => {
  const [read, there] = [valuesOf(before), valuesOf(now)];
  return changedFields(withJoined(read, read, there), there).length === 0;
};
