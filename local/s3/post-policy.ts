/**
 * Whether a form may do what its policy lets it do ("POST policy" and "Authenticating requests in browser-based uploads using
 * POST (AWS Signature Version 4)", S3 API reference).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { localRegion } from '../account';
import { accessDenied, invalidArgument, S3Error, signatureDoesNotMatch } from './answers';

/** What the owner of the bucket signs with. */
export interface BucketCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** By their names in lower case. */
export type Fields = ReadonlyMap<string, string>;

/** How many bytes the file may have. */
export interface SizeRange {
  least: number;
  most: number;
}

interface Form {
  fields: Fields;
  /** Of the address. */
  bucket: string;
}

const scope = { region: localRegion, service: 's3' };

const condition = z.union([
  z.record(z.string(), z.string()),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().check(z.startsWith('$')), z.string()]),
  z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
]);

const document = z.strictObject({ expiration: z.iso.datetime(), conditions: z.array(condition) });

const greatestObject = 5 * 1024 ** 3;

/**
 * The sizes that the form allows. Throws `S3Error` for a form that is not signed by these credentials, is out of time, does not
 * meet one of its conditions, or has a field that no condition is about.
 */
export function verifyForm({ fields, bucket }: Form, credentials: BucketCredentials, now: Date): SizeRange {
  const encoded = fields.get('policy');
  if (encoded === undefined) throw accessDenied();
  verifySignature(fields, encoded, credentials);
  const { expiration, conditions } = readPolicy(encoded);
  if (!(new Date(expiration) > now)) throw invalid('Policy expired.');

  const values = new Map([...fields, ['bucket', fields.get('bucket') ?? bucket]]);
  if (values.get('bucket') !== bucket) throw invalid('Policy Condition failed: ["eq", "$bucket", …]');
  const covered = new Set<string>();
  const range = { least: 0, most: greatestObject };
  for (const each of conditions.flatMap(plain)) {
    if (each.kind === 'size') {
      range.least = Math.max(range.least, each.least);
      range.most = Math.min(range.most, each.most);
      continue;
    }
    covered.add(each.name);
    const value = values.get(each.name);
    const isMet = each.kind === 'eq' ? value === each.text : value?.startsWith(each.text);
    if (!isMet) throw invalid(`Policy Condition failed: ["${each.kind}", "$${each.name}", "${each.text}"]`);
  }
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !needsNoCondition(name));
  if (extra.length > 0) throw invalid(`Extra input fields: ${extra.join(', ')}`);
  return range;
}

const invalid = (reason: string) => accessDenied(`Invalid according to Policy: ${reason}`);

/** "Each form field that you specify in a form (except …) must appear in the list of conditions." */
const needsNoCondition = (name: string) =>
  ['x-amz-signature', 'policy', 'bucket'].includes(name) || name.startsWith('x-ignore-');

type PlainCondition =
  { kind: 'eq' | 'starts-with'; name: string; text: string } | { kind: 'size'; least: number; most: number };

function plain(each: z.infer<typeof condition>): PlainCondition[] {
  if (!Array.isArray(each)) {
    return Object.entries(each).map(([name, text]) => ({ kind: 'eq', name: name.toLowerCase(), text }));
  }
  if (each[0] === 'content-length-range') return [{ kind: 'size', least: each[1], most: each[2] }];
  const [kind, name, text] = each;
  return [{ kind, name: name.slice(1).toLowerCase(), text }];
}

function readPolicy(encoded: string): z.infer<typeof document> {
  try {
    return document.parse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch {
    throw new S3Error(400, 'InvalidPolicyDocument', 'Invalid Policy: the document is no JSON that S3 knows.');
  }
}

function verifySignature(fields: Fields, policy: string, credentials: BucketCredentials): void {
  const of = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw invalidArgument(`Bucket POST must contain a field named '${name}'.`);
    return value;
  };
  if (of('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') throw invalidArgument('X-Amz-Algorithm must be AWS4-HMAC-SHA256.');
  const [accessKeyId, ...signedScope] = of('x-amz-credential').split('/');
  const date = of('x-amz-date');
  const signature = of('x-amz-signature');
  if (accessKeyId !== credentials.accessKeyId) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  // Keys of a role are good for nothing without it.
  if (fields.get('x-amz-security-token') !== credentials.sessionToken) {
    throw new S3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }
  const [day = ''] = signedScope;
  const expectedScope = [day, scope.region, scope.service, 'aws4_request'];
  if (signedScope.join('/') !== expectedScope.join('/') || !/^\d{8}T\d{6}Z$/.test(date) || !date.startsWith(day)) {
    throw invalidArgument('The credential scope of the form is not of this day, region and service.');
  }
  const key = expectedScope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const expected = hmac(key, policy);
  const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw signatureDoesNotMatch();
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
