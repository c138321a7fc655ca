/** What is asked for twice in a row, as by a double click, is done once. */
import { useRef } from 'react';

/** Ignores a call for something that the work is under way for. */
export function useSingly<Subject extends { id: string }>(work: (subject: Subject) => Promise<void>) {
  const underWay = useRef(new Set<string>());
  return async (subject: Subject): Promise<void> => {
    const { current: ids } = underWay;
    if (ids.has(subject.id)) return;
    ids.add(subject.id);
    try {
      await work(subject);
    } finally {
      ids.delete(subject.id);
    }
  };
}
