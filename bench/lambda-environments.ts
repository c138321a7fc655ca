/** Many environments of a function side by side, each a module instance of its own that answers one request at a time. */
import { createRequire } from 'node:module';
import * as z from 'zod/mini';
import type { Endpoint } from '../src/http/endpoint';
import { bundleFunction } from './bundle';

const loadModule = createRequire(__filename);
export const handlerModule = z.object({ handler: z.custom<Endpoint>((value) => typeof value === 'function') });

/** So many handlers of the deployed function, which read the environment's settings now. */
export const startEnvironments = async (name: string, count: number): Promise<Endpoint[]> =>
  (await loadAnew(name, count)).map((loaded) => handlerModule.parse(loaded).handler);

/** The module of a deployed function, so many times. */
export async function loadAnew(name: string, count: number): Promise<unknown[]> {
  const { file } = await bundleFunction(name);
  // What is not in the cache is loaded anew, here and by whoever comes after.
  const forget = () => Reflect.deleteProperty(loadModule.cache, file);
  forget();
  return Array.from({ length: count }, () => {
    const loaded: unknown = loadModule(file);
    forget();
    return loaded;
  });
}
