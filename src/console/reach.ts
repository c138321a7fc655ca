/** Asks another service, for an answer that has come whole. */
import { deadlineSignal } from '../deadline';
import { busy } from './answers';

/** Gives up at the deadline. Throws `busy` where no answer has come to its end, within this many milliseconds where so many are given. */
export async function reach(address: string, request: RequestInit, limitMs?: number): Promise<Response> {
  const limits = [deadlineSignal() ?? [], limitMs === undefined ? [] : AbortSignal.timeout(limitMs)].flat();
  try {
    const response = await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.any(limits) });
    const body = await response.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, response);
  } catch (cause) {
    throw busy(cause);
  }
}
