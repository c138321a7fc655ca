/** Bundles: what the largest one is made of. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../deployment/service';
import { bundleFunction, type Bundle } from './bundle';
import type { Part } from './section';

export async function bundles(): Promise<Part[]> {
  const names = readdirSync(path.join(projectRoot, 'functions')).map((file) => path.parse(file).name);
  const all = await Promise.all(names.map(async (name) => ({ name, ...(await bundleFunction(name)) })));
  const [largest] = all.sort((a, b) => b.bytes - a.bytes);
  if (!largest) throw new Error('There are no functions');
  return [
    {
      text: `The bytes of the largest of ${all.length} bundles, ${largest.name}, by the package that they come from.`,
      rows: [['package', 'bytes', 'share'], ...byPackage(largest)],
      bars: [{ what: 'largest bundle, in kB', bar: 260, stretch: 220, measured: largest.bytes / 1000 }],
    },
  ];
}

function byPackage({ inputs, bytes: total }: Bundle): string[][] {
  const sizes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'our own code';
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  const sum = [...sizes.values()].reduce((a, b) => a + b, 0);
  return [...sizes, ['what joins them' as string, total - sum] as const, ['together' as string, total] as const]
    .sort(([, a], [, b]) => b - a)
    .map(([name, bytes]) => [name, String(bytes), `${((100 * bytes) / total).toFixed(1)} %`]);
}
