/** What is asked for twice in a row, as by a double click, is done once. */
import { useRef, useState } from 'react';

const none: ReadonlySet<string> = new Set();

/** `run` ignores a call for something that the work is under way for. */
export function useSingly<Subject extends { id: string }>(work: (subject: Subject) => Promise<void>) {
  const [shown, setShown] = useState(none);
  // A second click comes before what the first has set is shown.
  const underWay = useRef(new Set<string>());
  const run = async (subject: Subject): Promise<void> => {
    const { current: ids } = underWay;
    if (ids.has(subject.id)) return;
    setShown(new Set(ids.add(subject.id)));
    try {
      await work(subject);
    } finally {
      ids.delete(subject.id);
      setShown(new Set(ids));
    }
  };
  return { run, isUnderWay: ({ id }: Pick<Subject, 'id'>) => shown.has(id) };
}
