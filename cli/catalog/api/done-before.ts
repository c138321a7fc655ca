/** For rows that need no change: whether an earlier request, whose answer was lost, has made them so. */
import * as z from 'zod/mini';
import type { Routes } from '../../../deployment/routes';
import { Rejection } from '../rejection';
import { fieldChange, type Change } from './outcome';
import { find } from './pages';

const history = z.object({
  items: z.array(z.object({ action: z.string(), at: z.string(), changes: z.array(fieldChange) })),
});

/** In milliseconds, by which a clock of this machine may be ahead of the API's. */
const mostAhead = 10_000;

/**
 * What has been done to the product since this time (in milliseconds since 1970), as its history has it. Undefined where that is
 * nothing, or the API does not say.
 */
export async function doneSince(routes: Routes, productId: string, since: number): Promise<Change | undefined> {
  const params = { path: { productId }, query: { limit: 1 } };
  const asked = routes.GET('/admin/products/{productId}/history', { params });
  const found = await find(asked, history).catch((error: unknown) => {
    if (error instanceof Rejection) return undefined;
    throw error;
  });
  const last = found?.items[0];
  if (!last || Date.parse(last.at) < since - mostAhead) return undefined;
  return { action: last.action === 'created' ? 'created' : 'changed', changes: last.changes };
}
