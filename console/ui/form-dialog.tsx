/** A dialog that is filled in, and sent or given up. */
import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog } from './dialog';
import { mayLeave } from './leaving';
import { Failure } from './states';
import { SteadyButton } from './steady-button';

interface Props {
  title: ReactNode;
  /** What the button that sends it says. */
  action: string;
  send: () => void;
  isSending: boolean;
  /** Why it has not been done; what belongs to the fields alone stands there, and brings whoever has sent it there. */
  error: unknown;
  fields: readonly string[];
  /** Whether sending it would be of no use. */
  isStale?: boolean;
  close: () => void;
  children: ReactNode;
}

export function FormDialog({ title, action, send, isSending, error, fields, isStale = false, close, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [error]);
  return (
    <Dialog title={title} close={close} mayEscape={mayLeave}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {Boolean(error) && !isStale && <Failure error={error} retry={send} fields={fields} takesFocus />}
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
}
