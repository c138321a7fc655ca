/** The project's own code as the API's process loads it: functions, and the gateway in front of them. */
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../command/bundle';
import { buildPage } from '../../command/page';
import { projectRoot } from '../../deployment/service';

export interface Bundles {
  /** Holds the functions under the paths that serverless.yml has for them. */
  folder: string;
  gateway: string;
  /** Holds the page of the console. */
  consolePage: string;
}

/** Bundles go into a folder of the stack's own, so that it runs one version of them, whatever becomes of the sources. */
export async function bundleApi(folder: string): Promise<Bundles> {
  const entryPoints = readdirSync(path.join(projectRoot, 'functions')).map((file) => path.join('functions', file));
  const consolePage = path.join(folder, 'console');
  const page = buildPage(consolePage);
  // What several functions use is loaded once, and `src/deadline.ts` must be: Node before 24 hands the value of each AsyncLocalStorage
  // on with every promise, and there would be one for each function.
  const functions = bundle(entryPoints, { packages: 'external', external: ['../deadline'] });
  const entries = path.join(folder, 'functions');
  mkdirSync(entries, { recursive: true });
  for (const file of await functions) {
    const name = path.basename(file);
    cpSync(file, path.join(folder, 'handlers', name));
    writeFileSync(path.join(entries, name), entry(`../handlers/${name}`));
  }
  const gateway = path.join(folder, 'gateway.js');
  const parts = ['local/gateway/gateway.ts', 'local/gateway/function-event.ts', 'src/deadline.ts'];
  for (const file of await bundle(parts)) cpSync(file, path.join(folder, path.basename(file)));
  await page;
  return { folder, gateway, consolePage };
}

/** The function, with the events that it would get on AWS. */
const entry = (handler: string) =>
  `exports.handler = require('../function-event').behindGateway(require('${handler}').handler);`;
