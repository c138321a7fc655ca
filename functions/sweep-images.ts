/** Once an hour, looks again at uploads that wait, and deletes files that no product needs; no route leads here */
import { sweep } from '../src/sweep/sweep';

export const handler = (_: unknown, context: { getRemainingTimeInMillis(): number }) =>
  sweep(context.getRemainingTimeInMillis());
