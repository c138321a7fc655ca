/** The title of a view, which takes the focus when the view comes up: whoever hears the page learns where they are. */
import { Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';

/** For whoever has pressed a button that is gone with what it has done: of the dialog, where there is one. */
export const focusHeading = (): void => {
  const heading = document.querySelector<HTMLElement>('dialog[open] h2') ?? document.querySelector('h1');
  // A dialog's has none before: it would be what the dialog gives the focus as it comes up.
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
};

export function Heading({ children, actions }: { children: string; actions?: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} · Catalogue`;
    title.current?.focus();
  }, [children]);
  return (
    <div className="heading">
      <Title order={1} size="h2" tabIndex={-1} ref={title}>
        <bdi>{children}</bdi>
      </Title>
      <div className="actions">{actions}</div>
    </div>
  );
}
