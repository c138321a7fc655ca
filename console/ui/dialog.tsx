/** A question that has to be answered first: the browser's own dialog, which keeps the focus and ends with Escape. */
import { Title } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';

export function Dialog({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={close}>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </dialog>
  );
}
