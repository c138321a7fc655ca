/** Sends a file by a form that the API has signed, and tells how much of it has gone, which `fetch` does not. */
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';

interface Options {
  /** Called with the part that has gone, from 0 to 1. */
  onSent?: (share: number) => void;
  signal: AbortSignal;
}

/** Throws `Problem` where it has not arrived, and an `AbortError` where it was cancelled. */
export function sendForm({ url, fields }: Schemas['UploadForm'], file: Blob, options: Options): Promise<void> {
  const { onSent, signal } = options;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  // S3 looks at nothing that comes after the file.
  form.append('file', file);
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = () => {
      request.abort();
      reject(new DOMException('The file is not sent', 'AbortError'));
    };
    request.open('POST', url);
    // A listener there has the browser ask the bucket first whether this page may send.
    request.upload.onprogress = ({ loaded, total }) => onSent?.(loaded / total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new Problem(503, 'not_taken', 'The file has not been taken'));
    request.onerror = () =>
      reject(new Problem(0, 'unreachable', 'The file could not be sent: check your connection, and the file'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.send(form);
  });
}
