/** A question that has to be answered first: the browser's own dialog, which keeps the focus and ends with Escape. */
import { Title } from '@mantine/core';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';

interface Props {
  title: ReactNode;
  close: () => void;
  /** Whether Escape may end it now; it may where nobody says. */
  mayEscape?: () => boolean;
  children: ReactNode;
}

export function Dialog({ title, close, mayEscape = () => true, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // While it is still there: the focus goes back to what has opened it.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => !mayEscape() && event.preventDefault()}
      onClose={close}
    >
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
      {children}
    </dialog>
  );
}
