/** Asks another service, for an answer that has come whole. */
import { busy } from './answers';

/** Throws `busy` where no answer has come to its end within this many milliseconds. */
export async function reach(address: string, request: RequestInit, limitMs: number): Promise<Response> {
  try {
    const response = await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(limitMs) });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  } catch (cause) {
    throw busy(cause);
  }
}
