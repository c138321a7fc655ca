/** The files that somebody has chosen, sent one after the other, so that they join in this order. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { Problem } from '../api/problem';
import { useUnsaved } from '../ui/leaving';
import { sentenceOf } from '../ui/states';
import { Refused, sendPicture, waitForPicture } from './upload';

export type UploadState =
  | { step: 'waiting' }
  /** `share` is from 0 to 1. */
  | { step: 'sending'; share: number }
  | { step: 'sent' }
  /** `again` where it may go well the next time. */
  | { step: 'failed'; sentence: string; again?: string };

export interface Upload {
  key: number;
  file: File;
  state: UploadState;
  /** The picture's, once the file has been sent. */
  imageId?: string;
}

let lastKey = 0;

/** `joined` is called after each picture that has become one of the product; the next one waits for it. */
export function useUploads(productId: string, joined: (file: File) => Promise<void>) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const last = useRef(Promise.resolve());
  const cancels = useRef(new Map<number, AbortController>());
  const whenJoined = useRef(joined);
  useEffect(() => void (whenJoined.current = joined));
  useEffect(() => {
    const running = cancels.current;
    return () => running.forEach((controller) => controller.abort());
  }, []);
  const isSending = uploads.some(({ state }) => state.step !== 'failed');
  useUnsaved(isSending, 'Leave, and send no more of these pictures?');

  const change = useCallback(
    (key: number, changes: Partial<Upload>) =>
      setUploads((now) => now.map((upload) => (upload.key === key ? { ...upload, ...changes } : upload))),
    [],
  );

  /** Whatever is in the list leaves it only as a picture, or because somebody takes it out. */
  const remove = useCallback((key: number) => {
    cancels.current.get(key)?.abort();
    cancels.current.delete(key);
    setUploads((now) => now.filter((upload) => upload.key !== key));
  }, []);

  const run = useCallback(
    async ({ key, file, imageId: sent }: Upload, signal: AbortSignal) => {
      const show = (state: UploadState) => change(key, { state });
      let imageId = sent;
      try {
        signal.throwIfAborted();
        if (imageId === undefined) {
          show({ step: 'sending', share: 0 });
          imageId = await sendPicture(productId, file, { signal, onSent: (share) => show({ step: 'sending', share }) });
        }
        change(key, { imageId, state: { step: 'sent' } });
        if (await waitForPicture(productId, imageId, signal)) {
          await whenJoined.current(file);
          remove(key);
        } else
          show({ step: 'failed', sentence: 'It has been sent, and is still to be looked at.', again: 'Look again' });
      } catch (error) {
        if (!signal.aborted) show(failureOf(error, imageId !== undefined));
      }
    },
    [productId, change, remove],
  );

  const begin = useCallback(
    (upload: Upload) => {
      const controller = new AbortController();
      cancels.current.set(upload.key, controller);
      last.current = last.current.then(() => run(upload, controller.signal));
    },
    [run],
  );

  return {
    uploads,
    remove,
    add: (files: readonly File[]) => {
      const added = files.map((file): Upload => ({ key: ++lastKey, file, state: { step: 'waiting' } }));
      setUploads((now) => [...now, ...added]);
      added.forEach(begin);
    },
    /** What has been sent already is not sent twice. */
    tryAgain: (upload: Upload) => {
      change(upload.key, { state: { step: 'waiting' } });
      begin(upload);
    },
  };
}

function failureOf(error: unknown, isSent: boolean): UploadState {
  if (error instanceof Refused) return { step: 'failed', sentence: `${error.message}.` };
  const again = isSent ? 'Look again' : error instanceof Problem ? 'Try again' : undefined;
  return { step: 'failed', sentence: sentenceOf(error), ...(again !== undefined && { again }) };
}
