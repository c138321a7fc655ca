/** Signatures by the pool's key whose padding (RFC 8017, 9.2) is not quite right: leniency there lets an attacker make his own. */
import { constants, createHash, privateEncrypt } from 'node:crypto';
import { poolKey } from '../tokens';
import { faultsOf, tlv } from './der-faults';
import { partsOf, type Mutant } from './mutant';

const keyBytes = 256;

const oid = Buffer.from('608648016503040201', 'hex');
const hashOf = (text: string) => createHash('sha256').update(text).digest();

interface Replaced {
  whole?: Buffer;
  algorithm?: Buffer;
  oid?: Buffer;
  nothing?: Buffer;
  hash?: Buffer;
}

/** The DigestInfo of a text, with the elements that take the place of the right ones. */
function digestInfo(text: string, replaced: Replaced = {}): Buffer {
  const algorithm = tlv(0x30, replaced.oid ?? tlv(6, oid), replaced.nothing ?? tlv(5));
  return replaced.whole ?? tlv(0x30, replaced.algorithm ?? algorithm, replaced.hash ?? tlv(4, hashOf(text)));
}

/** Signs a text with the pool's key and exactly this DigestInfo. */
function signWith(text: string, info: Buffer): string {
  const filling = Buffer.alloc(keyBytes - info.length - 3, 0xff);
  const block = Buffer.concat([Buffer.from([0, 1]), filling, Buffer.from([0]), info]);
  const signature = privateEncrypt({ key: poolKey, padding: constants.RSA_NO_PADDING }, block);
  return `${text}.${signature.toString('base64url')}`;
}

const signedText = (token: string) => partsOf(token).slice(0, 2).join('.');

/** The token signed in the same way, but with nothing wrong. RS256 signatures are all alike, so it comes back unchanged. */
export const resign = (token: string): string => signWith(signedText(token), digestInfo(signedText(token)));

export function paddingMutants(token: string): Mutant[] {
  const text = signedText(token);
  const hash = hashOf(text);
  const algorithm = { label: 'Sequence', tag: 0x30, value: Buffer.concat([tlv(6, oid), tlv(5)]) } as const;
  const whole = { ...algorithm, value: Buffer.concat([tlv(0x30, algorithm.value), tlv(4, hash)]) };
  const faults: [keyof Replaced, [string, Buffer][]][] = [
    ['whole', faultsOf(whole)],
    ['whole', [['truncatedSequence:RemovedLast1Elements', tlv(0x30, tlv(0x30, algorithm.value))]]],
    ['whole', [['repeatingElementInSequence', tlv(0x30, whole.value, tlv(4, hash))]]],
    ['algorithm', faultsOf(algorithm)],
    ['oid', faultsOf({ label: 'Oid', tag: 6, value: oid })],
    ['nothing', faultsOf({ label: 'Null', tag: 5, value: Buffer.alloc(0) })],
    ['hash', faultsOf({ label: 'OctetString', tag: 4, value: hash })],
  ];
  return faults.flatMap(([place, list]) =>
    list.map(([comment, bytes]) => ({
      name: `${comment}, in the ${place} of the padding`,
      comment,
      token: signWith(text, digestInfo(text, { [place]: bytes })),
    })),
  );
}
