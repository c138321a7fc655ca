/** Tokens that are signed in another way than with RS256, or not at all. */
import { constants, createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { encode, poolKey, poolKeyId, signText } from '../tokens';
import { mutants, partsOf, type Mutant } from './mutant';

const publicKey = createPublicKey(poolKey);
const jwk = publicKey.export({ format: 'jwk' });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** What an attacker might hope that a verifier takes for the secret of an HMAC. */
const secrets: Record<string, string | Buffer> = {
  'the public key in PEM': publicKey.export({ type: 'spki', format: 'pem' }),
  'the public key in PEM without its last line break': String(publicKey.export({ type: 'spki', format: 'pem' })).trim(),
  'the public key in PKCS #1 PEM': publicKey.export({ type: 'pkcs1', format: 'pem' }),
  'the public key in DER': publicKey.export({ type: 'spki', format: 'der' }),
  'the modulus': Buffer.from(String(jwk.n), 'base64url'),
  'the modulus as it stands in the key set': String(jwk.n),
  'the key set entry': JSON.stringify(jwk),
  nothing: '',
};

export function algorithmMutants(token: string): Mutant[] {
  const [header, payload, signature] = partsOf(token);
  const named = (alg: string | undefined, kid: string | undefined = poolKeyId) => `${encode({ alg, kid })}.${payload}`;
  const rsa = (label: string, hash: string, pss = false) => {
    const padding = pss
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING };
    const text = named(label);
    return `${text}.${signBytes(hash, Buffer.from(text), { key: poolKey, ...padding }).toString('base64url')}`;
  };
  const unsigned = (text: string) => `${text}.`;
  const ecText = named('ES256');
  const ecSignature = signBytes('sha256', Buffer.from(ecText), { key: curve.privateKey, dsaEncoding: 'ieee-p1363' });

  return mutants([
    ...['none', 'NONE', 'None', 'nOnE', ' none', 'none\0', ''].map((alg): [string, string, string] => [
      `the algorithm ${JSON.stringify(alg)}`,
      'algIsNone',
      unsigned(named(alg)),
    ]),
    ['the algorithm none, and no key id', 'algIsNone', unsigned(`${encode({ alg: 'none' })}.${payload}`)],
    ['the algorithm and the key id none', 'algIsNone', unsigned(named('none', 'none'))],
    [
      'the algorithm none in front of the right signature',
      'rejectsNoneAlgorithmAndMissingSignature',
      `${named('none')}.${signature}`,
    ],
    [
      'the algorithm none, and a signature of one character',
      'rejectsNoneAlgorithmAndMissingSignature',
      `${named('none')}.A`,
    ],
    ['no algorithm', undefined, signText(`${encode({ kid: poolKeyId })}.${payload}`)],
    ['an algorithm that is a list', undefined, signText(`${encode({ alg: ['RS256'], kid: poolKeyId })}.${payload}`)],
    ['RS256 in small letters', undefined, signText(named('rs256'))],
    ['RS384', 'UsingRS384', rsa('RS384', 'sha384')],
    ['RS384 under the name of RS256', 'UsingRS384', rsa('RS256', 'sha384')],
    ['RS512', 'UsingRS512', rsa('RS512', 'sha512')],
    ['RS512 under the name of RS256', 'UsingRS512', rsa('RS256', 'sha512')],
    ['RS256 under the name of RS512', 'UsingRS512', rsa('RS512', 'sha256')],
    ['SHA-1 under the name of RS256', undefined, rsa('RS256', 'sha1')],
    ['PS256', 'UsingPS256', rsa('PS256', 'sha256', true)],
    ['PS256 under the name of RS256', 'UsingPS256', rsa('RS256', 'sha256', true)],
    ['RS256 under the name of PS256', 'UsingPS256', rsa('PS256', 'sha256')],
    ['PS384', 'UsingPS384', rsa('PS384', 'sha384', true)],
    ['PS384 under the name of RS256', 'UsingPS384', rsa('RS256', 'sha384', true)],
    ['ES256 with a key of an attacker', undefined, `${ecText}.${ecSignature.toString('base64url')}`],
    ...Object.entries(secrets).flatMap(([secret, key]) =>
      ['HS256', 'HS384', 'HS512'].map((alg): [string, string, string] => [
        `${alg} with ${secret} as the secret`,
        'rejectsSymmetryConfusionAttacks_aesKeyFromEcVerificationKeyBytes',
        `${named(alg)}.${createHmac(`sha${alg.slice(2)}`, key)
          .update(named(alg))
          .digest('base64url')}`,
      ]),
    ),
    [
      'HS256 under the name of RS256',
      undefined,
      `${header}.${payload}.${createHmac('sha256', String(jwk.n)).update(`${header}.${payload}`).digest('base64url')}`,
    ],
  ]);
}
