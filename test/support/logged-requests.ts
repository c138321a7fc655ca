/** What the functions of a stack have logged of the requests that reached them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

const line = z.object({ message: z.literal('request'), route: z.string(), status: z.number() });

/** One for each request, oldest first; `folder` is the stack's own. */
export const loggedRequests = (folder: string): z.infer<typeof line>[] =>
  readFileSync(path.join(folder, 'logs', 'api.log'), 'utf8')
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .flatMap((text) => line.safeParse(JSON.parse(text)).data ?? []);
