/** The rule of the queue that docs/events.md shows. */
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { readGuide } from './guide';

const rule = z.object({ ProductChanges: z.object({ Properties: z.object({ EventPattern: z.unknown() }) }) });

/** Which events come to the queue. */
export function queuePattern(): unknown {
  const { code = '' } = readGuide('docs/events.md').find(({ language }) => language === 'yaml') ?? {};
  // Of `!GetAtt`, it would warn.
  return rule.parse(parse(code, { logLevel: 'silent' })).ProductChanges.Properties.EventPattern;
}
