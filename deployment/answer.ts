/** Whether something answers at an address: the first thing that commands, and a start of the local stack, want to know. */
import { once } from 'node:events';
import { get } from 'node:http';

/** Resolves once the http address has answered, whatever it says. Throws where it does not, or when the signal aborts. */
export async function requireAnswer(url: string, signal?: AbortSignal): Promise<void> {
  // Not by `fetch`: to load it takes a quarter of the time of a command that has no other use for it.
  const request = get(url, { agent: false, ...(signal && { signal }) }, (answer) => answer.resume());
  await once(request, 'response');
}
