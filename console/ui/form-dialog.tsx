/** A dialog that is filled in, and sent or given up. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './dialog';
import { mayLeave } from './leaving';
import { SteadyButton } from './steady-button';

interface Props {
  title: string;
  /** What the button that sends it says. */
  action: string;
  send: () => void;
  isSending: boolean;
  /** Whether sending it would be of no use. */
  isStale?: boolean;
  close: () => void;
  children: ReactNode;
}

export const FormDialog = ({ title, action, send, isSending, isStale = false, close, children }: Props) => (
  <Dialog title={title} close={close} mayEscape={mayLeave}>
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
      <div className="actions">
        <SteadyButton type="submit" isBusy={isSending} isOff={isStale}>
          {action}
        </SteadyButton>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </div>
    </form>
  </Dialog>
);
