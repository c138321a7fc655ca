/** An error as an API of AWS names it, and the reading of what such an API is sent. */
import type * as z from 'zod/mini';

export class ServiceError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** Members that the schema does not know are left out, as AWS does. Throws `ServiceError`. */
export function readInput<Input>(schema: z.ZodMiniType<Input>, input: unknown): Input {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const members = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new ServiceError(
    'InvalidParameterException',
    `The request lacks members or has others than it may: ${members}`,
  );
}
