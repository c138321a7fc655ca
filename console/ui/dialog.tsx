/** A question that has to be answered first: the browser's own dialog, which keeps the focus and ends with Escape. */
import { Title } from '@mantine/core';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

export function Dialog({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // While it is still there: the focus goes back to what has opened it.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={close}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </dialog>
  );
}
