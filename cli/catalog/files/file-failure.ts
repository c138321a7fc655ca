/** What the operating system has against a file, in a sentence. */
import * as z from 'zod/mini';
import { Failure } from '../../../deployment/failure';

const systemError = z.object({ code: z.string(), syscall: z.string(), message: z.string() });

/** A `Failure` for an error of the operating system; any other error as it is. */
export function fileFailure(path: string, purpose: 'read' | 'written', error: unknown): unknown {
  const { data } = systemError.safeParse(error);
  return data ? new Failure(`${path} cannot be ${purpose}: ${data.message}.`) : error;
}
