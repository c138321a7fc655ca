/** `npm run size`: the size of every bundle, and a failure where one is over the limit. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { wholePackage } from '../test/support/packages';
import { packagedFunctions, packageService } from '../test/support/packaging';

const limit = 260_000;

export async function main(): Promise<void> {
  // With this authorizer, every function that there is gets deployed.
  const folder = await packageService(wholePackage);
  const sizes = packagedFunctions(folder)
    .map(({ name, files }) => ({ name, bytes: Object.values(files).reduce((sum, { length }) => sum + length, 0) }))
    .sort((a, b) => b.bytes - a.bytes);

  rmSync(path.dirname(folder), { recursive: true });

  for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);

  const over = sizes.filter(({ bytes }) => bytes > limit).map(({ name }) => name);
  if (over.length > 0) {
    console.error(`Over ${limit} bytes: ${over.join(', ')}`);
    process.exitCode = 1;
  }
}
