/** What lists and times look like in every answer. */
import * as z from 'zod/mini';

export const instant = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), z.meta({ format: 'date-time' }));

/** A page's token is what the list takes for the next one. */
export function pageOf(item: z.ZodMiniType, { shape: { nextToken } }: { shape: { nextToken: z.ZodMiniType } }) {
  return z.strictObject({ items: z.array(item).check(z.maxLength(100)), nextToken });
}
