/** A caller who asks again where the answer was 503: what was asked for may have been done all the same. */
import { AsyncLocalStorage } from 'node:async_hooks';

const keys = new AsyncLocalStorage<string>();

/** Makes a call whose creations carry this `Idempotency-Key`, so that asking again makes nothing twice. */
export const underKey = <Result>(key: string, call: () => Promise<Result>): Promise<Result> => keys.run(key, call);

const creations = ['POST /categories', 'POST /products'];

export function repetitionHeaders(routeKey: string): Record<string, string> {
  const key = keys.getStore();
  return key !== undefined && creations.includes(routeKey) ? { 'idempotency-key': key } : {};
}
