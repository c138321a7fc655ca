/** Bundles, made with the settings of serverless.yml: the deployed ones, and those of the baselines. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../deployment/service';

export interface Bundle {
  file: string;
  bytes: number;
  /** The bytes that each source file, by its path in the project, has come to. */
  inputs: Metafile['outputs'][string]['inputs'];
}

const settings = z.object({
  bundle: z.literal(true),
  minify: z.boolean(),
  platform: z.literal('node'),
  target: z.string(),
  format: z.literal('cjs'),
  mainFields: z.array(z.string()),
  supported: z.record(z.string(), z.boolean()),
});
const replacements = z.object({ exclude: z.array(z.string()), alias: z.record(z.string(), z.string()) });
const esbuildSettings = z.object({ custom: z.object({ esbuild: z.extend(settings, replacements.shape) }) });

function readSettings() {
  const file = readFileSync(path.join(projectRoot, 'serverless.yml'), 'utf8');
  const { exclude: external, alias, ...shared } = esbuildSettings.parse(load(file)).custom.esbuild;
  return { shared, replaced: { external, alias } };
}

async function bundle(entry: string, options: object): Promise<Bundle> {
  const { metafile } = await build({
    ...options,
    entryPoints: [entry],
    outdir: path.join(projectRoot, '.local', 'bench', 'bundles'),
    absWorkingDir: projectRoot,
    metafile: true,
  });
  const [output] = Object.entries(metafile.outputs);
  if (!output) throw new Error(`esbuild has made nothing of ${entry}`);
  const [file, { bytes, inputs }] = output;
  return { file: path.join(projectRoot, file), bytes, inputs };
}

/** A function as it is deployed. */
export function bundleFunction(name: string): Promise<Bundle> {
  const { shared, replaced } = readSettings();
  return bundle(`functions/${name}.ts`, { ...shared, ...replaced });
}

/** A handler in `bench/baselines`: the same settings, but nothing of the SDK replaced or left out. */
export function bundleBaseline(name: string): Promise<Bundle> {
  return bundle(`bench/baselines/${name}.ts`, readSettings().shared);
}
