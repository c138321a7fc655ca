/** The key that signs the tokens of the local pool: made at its first start, and kept beside its users. */
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../processes/start-error';

export const keyId = 'local';

/** Throws `StartError` where there is a file that holds no key. */
export function signingKey(file: string): { privateKey: KeyObject; publicKey: KeyObject } {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch {
    mkdirSync(path.dirname(file), { recursive: true });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(file, pem, { mode: 0o600 });
  }
  try {
    return { privateKey: createPrivateKey(pem), publicKey: createPublicKey(pem) };
  } catch {
    throw new StartError(`The local key in ${file} is damaged: run "npm start -- --reset" to start empty.`);
  }
}

/** A secret for this purpose, the same at every start with the same key, as long as those that Cognito makes. */
export const secretOf = ({ privateKey }: { privateKey: KeyObject }, purpose: string): string =>
  createHmac('sha256', privateKey.export({ type: 'pkcs8', format: 'der' }))
    .update(purpose)
    .digest('hex')
    .slice(0, 52);
