/** Events as EventBridge makes them of the entries that it is sent. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { accountId, localRegion } from '../account';

/** The body of PutEvents. */
export const request = z.object({
  Entries: z.array(z.object({ Source: z.string(), DetailType: z.string(), Time: z.number(), Detail: z.string() })),
});
type Entry = z.infer<typeof request>['Entries'][number];

/** An event as the targets of a rule get it. */
export type BusEvent = ReturnType<typeof toEvent>;

/** What becomes of an entry. */
export const toEvent = ({ Source, DetailType, Time, Detail }: Entry) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': DetailType,
  source: Source,
  account: accountId,
  time: new Date(Time * 1000).toISOString().replace(/\.\d+/, ''),
  region: localRegion,
  resources: [],
  detail: z.looseObject({ id: z.string(), version: z.number() }).parse(JSON.parse(Detail)),
});
