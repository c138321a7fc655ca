/** The keys under which a request may be sent again without being done twice. */
import { useRef } from 'react';

/** The same key for the same body, another one for another: after a 503, "try again" does it once. */
export function useIdempotencyKey(): (body: unknown) => string {
  const last = useRef({ body: '', key: '' });
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current.body !== text) last.current = { body: text, key: crypto.randomUUID() };
    return last.current.key;
  };
}
