/** The AWS account of the rehearsal: one that the emulator pretends, and never a real one. */
import { devNull } from 'node:os';
import { localCredentials } from '../../local/account';

export const region = 'eu-central-1';
export const stage = 'rehearsal';
export const stackName = `admin-catalog-${stage}`;

/** The account's root key, for the emulator and for all that talk to it; it verifies signatures. */
const settings = {
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
  AWS_REGION: region,
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Leaves nothing in the environment of this process, nor of those it starts, that could lead to another account. */
export function enterAccount(endpoint: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, settings, { AWS_ENDPOINT_URL: endpoint });
  requireEmulator();
}

/** Throws unless AWS is on this machine. */
export function requireEmulator(): void {
  const endpoint = process.env['AWS_ENDPOINT_URL'] ?? 'https://amazonaws.com';
  if (new URL(endpoint).hostname === '127.0.0.1') return;
  throw new Error(`The rehearsal deploys to an emulator on this machine alone, not to ${endpoint}.`);
}

/** What every AWS client of the rehearsal is made with. */
export function clientSettings() {
  requireEmulator();
  return { region, endpoint: process.env['AWS_ENDPOINT_URL'], credentials: localCredentials };
}
