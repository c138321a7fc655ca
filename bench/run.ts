/** `npm run bench`: runs every section one after the other, prints the report and writes it to docs/benchmarks.md. */
import { bulk } from './bulk';
import { bundles } from './bundles';
import { coldStart } from './cold-start';
import { contention } from './contention';
import { cost } from './cost';
import { freshness } from './freshness';
import { growth } from './growth';
import { localStack } from './local-stack';
import { barTable, machine, readOwn, report, show } from './report';
import { search } from './search';
import type { Section } from './section';
import { siblings } from './siblings';
import { throttledBulk } from './throttled-bulk';
import { tree } from './tree';
import { warm } from './warm';

/** In the order of the report. */
const sections: (() => Promise<Section>)[] = [
  coldStart,
  warm,
  contention,
  bulk,
  throttledBulk,
  growth,
  tree,
  siblings,
  search,
  freshness,
  cost,
  localStack,
  bundles,
];

const intro = `What \`npm run bench\` has measured. Handlers run as they are deployed, on the embedded database of the local stack. Compare
ratios rather than times: rounds are interleaved, and each figure is the median of its rounds.

- \`bare-put\`, \`bare-create\`, \`bare-get\` and \`bare-query\` are handlers over \`lib-dynamodb\` without validation, access check or
  log. \`bare-create\` writes what \`create-product\` writes, in the same transaction. They share the settings of serverless.yml for
  their bundles (CommonJS, minified, target, \`mainFields\`), but not what it [replaces or leaves out](decisions/0005-bundles.md)
  of the SDK.
- \`floor\` makes the same write as \`bare-put\` without any SDK, signed by hand.`;

export async function main(): Promise<void> {
  const results: Section[] = [];
  for (const section of sections) {
    console.error(`${section.name} …`);
    results.push(await section());
  }
  const bars = results.flatMap((section) => section.bars ?? []);
  await report(['# Benchmarks', machine(), intro, '## Bars', barTable(bars), ...results.map(show), ...readOwn()]);
}
