/** The key that the local user pools of a test run sign with. Tests have it too: nobody else does. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lockFile } from '../../local/stack/lock';

const newKey = () =>
  String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** As PEM: one for all stacks of a run and, where there are none, one for each process. */
function readPoolKey(): string {
  const stacks = process.env['STACKS_DIR'];
  if (!stacks) return newKey();
  const file = path.join(stacks, 'signing-key.pem');
  if (!existsSync(file)) writeFileSync(file, newKey());
  return readFileSync(file, 'utf8');
}

let key: string | undefined;
export const poolKey = (): string => (key ??= readPoolKey());

/** Gives the key to the stack of this folder, before it starts: as if an earlier start had made both and ended. */
export function placePoolKey(directory: string): void {
  const cognito = path.join(directory, 'cognito');
  mkdirSync(cognito, { recursive: true });
  writeFileSync(path.join(cognito, 'signing-key.pem'), poolKey());
  if (!existsSync(lockFile(directory))) writeFileSync(lockFile(directory), '{}');
}
