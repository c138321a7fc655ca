/** What has been done, said at the edge of the page for a while, with a way back where there is one. */
import { Button, CloseButton, Text } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { focusHeading } from './heading';

interface Message {
  id: number;
  text: string;
  about?: string | undefined;
  undo?: (() => void) | undefined;
}

/** `about` is the name that the sentence begins with, written in its own direction whatever its language. */
type Say = (text: string, more?: Pick<Message, 'about' | 'undo'>) => void;
const SayContext = createContext<Say>(() => undefined);

export const useSay = (): Say => useContext(SayContext);

/** In ms: long enough to read it and, where there is a way back, to press a button. */
const shownFor = (text: string, undo?: () => void): number => (undo ? 12_000 : 4_000 + 60 * text.length);

export function Messages({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const remove = useCallback((id: number) => setMessages((now) => now.filter((message) => message.id !== id)), []);
  const say = useCallback<Say>(
    (text, { about, undo } = {}) => {
      const id = Date.now() + Math.random();
      // Said twice, it stands there once, for it covers what is below it; each way back is one of its own.
      const others = (now: Message[]) =>
        now.filter((message) => message.undo !== undefined || message.text !== text || message.about !== about);
      setMessages((now) => [...others(now).slice(-2), { id, text, about, undo }]);
      setTimeout(() => remove(id), shownFor(`${about ?? ''} ${text}`, undo));
    },
    [remove],
  );
  const shown = useMemo(
    () =>
      messages.map(({ id, text, about, undo }) => (
        <div key={id} className="message">
          <Text size="sm">
            {about !== undefined && (
              <>
                <bdi>{about}</bdi>{' '}
              </>
            )}
            {text}
          </Text>
          {undo && (
            <Button
              size="xs"
              variant="light"
              onClick={() => {
                remove(id);
                focusHeading();
                undo();
              }}
            >
              Undo
            </Button>
          )}
          <CloseButton
            size="sm"
            aria-label="Close this message"
            onClick={() => {
              remove(id);
              focusHeading();
            }}
          />
        </div>
      )),
    [messages, remove],
  );
  return (
    <SayContext value={say}>
      {/* First, so that a way back is near for whoever has no mouse, however long the view is. */}
      <div className="messages" role="status">
        {shown}
      </div>
      {children}
    </SayContext>
  );
}
