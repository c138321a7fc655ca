/** The project's own code as the API's process loads it: functions, and the gateway in front of them. */
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../command/bundle';
import { projectRoot } from '../../deployment/service';

export interface Bundles {
  /** Holds the functions under the paths that serverless.yml has for them. */
  folder: string;
  gateway: string;
}

/** Bundles go into a folder of the stack's own, so that it runs one version of them, whatever becomes of the sources. */
export async function bundleApi(folder: string): Promise<Bundles> {
  const entryPoints = readdirSync(path.join(projectRoot, 'functions')).map((file) => path.join('functions', file));
  // What several functions use is loaded once.
  const functions = bundle(entryPoints, { packages: 'external' });
  for (const file of await functions) cpSync(file, path.join(folder, 'functions', path.basename(file)));
  const [made = ''] = await bundle(['local/gateway/gateway.ts']);
  const gateway = path.join(folder, 'gateway.js');
  cpSync(made, gateway);
  return { folder, gateway };
}
