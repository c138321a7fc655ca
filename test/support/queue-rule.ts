/** The rule of the queue that docs/events.md shows. */
import { CORE_SCHEMA, defineScalarTag, load } from 'js-yaml';
import * as z from 'zod/mini';
import { readGuide } from './guide';

const rule = z.object({ ProductChanges: z.object({ Properties: z.object({ EventPattern: z.unknown() }) }) });

// CloudFormation's, of which nothing is looked at here.
const getAtt = defineScalarTag('!GetAtt', { resolve: (source) => source, identify: () => false });

/** Which events come to the queue. */
export function queuePattern(): unknown {
  const { code = '' } = readGuide('docs/events.md').find(({ language }) => language === 'yaml') ?? {};
  const resources = rule.parse(load(code, { schema: CORE_SCHEMA.withTags(getAtt) }));
  return resources.ProductChanges.Properties.EventPattern;
}
