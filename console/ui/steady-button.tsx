/** A button that keeps the focus while it is of no use, or waits for what it has begun: one that is disabled would lose it. */
import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';

interface Props extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  isBusy?: boolean;
  isOff?: boolean;
}

/** Sends no form either meanwhile, for Enter in a field presses it. */
export const SteadyButton = ({ isBusy = false, isOff = false, onClick, ...props }: Props) => (
  <Button
    {...props}
    aria-busy={isBusy}
    aria-disabled={isBusy || isOff}
    data-disabled={isOff || undefined}
    onClick={(event) => {
      if (isBusy || isOff) event.preventDefault();
      else onClick?.(event);
    }}
  />
);
