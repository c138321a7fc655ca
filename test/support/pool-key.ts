/** The key that the local user pools of a test run sign with. Tests have it too: nobody else does. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lockFile } from '../../local/stack/lock';

const newKey = () =>
  String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** As PEM, the same for all processes and test files of a run: to make one takes as long as a short test file. */
export function keyOfRun(name: string): string {
  const folder = process.env['STACKS_DIR'] ?? process.env['RUN_DIR'];
  if (!folder) return newKey();
  const file = path.join(folder, `${name}.pem`);
  if (!existsSync(file)) {
    const own = `${file}-${process.pid}`;
    writeFileSync(own, newKey(), { mode: 0o600 });
    try {
      // Put there whole, and for good: others may be reading, or making one.
      linkSync(own, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
    rmSync(own);
  }
  return readFileSync(file, 'utf8');
}

let key: string | undefined;
export const poolKey = (): string => (key ??= keyOfRun('signing-key'));

/** Gives the key to the stack of this folder, before it starts: as if an earlier start had made both and ended. */
export function placePoolKey(directory: string): void {
  const cognito = path.join(directory, 'cognito');
  mkdirSync(cognito, { recursive: true });
  writeFileSync(path.join(cognito, 'signing-key.pem'), poolKey());
  if (!existsSync(lockFile(directory))) writeFileSync(lockFile(directory), '{}');
}
