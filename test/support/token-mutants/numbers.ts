/** Signatures that are other numbers than the right one (RFC 8017, 8.2.2): out of range, or of another length. */
import { createPublicKey } from 'node:crypto';
import { poolKey } from '../tokens';
import { mutants, partsOf, type Mutant } from './mutant';

const modulus = BigInt(
  `0x${Buffer.from(String(createPublicKey(poolKey).export({ format: 'jwk' }).n), 'base64url').toString('hex')}`,
);

const bytesOf = (number: bigint, digits = 512) => Buffer.from(number.toString(16).padStart(digits, '0'), 'hex');

export function numberMutants(token: string): Mutant[] {
  const [header, payload, text] = partsOf(token);
  const signature = Buffer.from(text, 'base64url');
  const number = BigInt(`0x${signature.toString('hex')}`);
  const signedWith = (bytes: Uint8Array) => `${header}.${payload}.${Buffer.from(bytes).toString('base64url')}`;
  const zeros = Buffer.alloc(2);
  return mutants([
    ['a signature of 0', 'SignatureIs0', signedWith(bytesOf(0n))],
    ['a signature of 1', 'SignatureIs1', signedWith(bytesOf(1n))],
    ['the modulus less one as signature', 'SignatureIsNsub1', signedWith(bytesOf(modulus - 1n))],
    ['the modulus as signature', 'SignatureIsn', signedWith(bytesOf(modulus))],
    ['the signature plus the modulus', 'SignatureIsnotReduced', signedWith(bytesOf(number + modulus, 514))],
    ['zeros before the signature', 'prependingZerosToSignature', signedWith(Buffer.concat([zeros, signature]))],
    ['zeros after the signature', 'appendingZerosToSignature', signedWith(Buffer.concat([signature, zeros]))],
    ['a signature less its last byte', 'truncatedSignature', signedWith(signature.subarray(0, -1))],
    ['a signature less its first byte', 'truncatedSignature', signedWith(signature.subarray(1))],
    ['half a signature', 'truncatedSignature', signedWith(signature.subarray(0, 128))],
    ['a signature less its last character', 'truncatedSignature', `${header}.${payload}.${text.slice(0, -1)}`],
    ['one bit of the signature changed', 'modifiedSignature', signedWith(bytesOf(number ^ 1n))],
    ['the highest bit of the signature changed', 'modifiedSignature', signedWith(bytesOf(number ^ (1n << 2047n)))],
  ]);
}
