/** What the infrastructure tests look into: templates, and one whole package. All are made once, since each takes seconds. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';

export const authorizers = ['jwt', 'lambda', 'iam'] as const;

export const parameters = (values: Readonly<Record<string, string | number>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--param', `${name}=${value}`]);

/** How many functions are deployed: all that there are, but for the Lambda authorizer where another is chosen. */
export const functionCount = (authorizer: string): number =>
  readdirSync(path.join(projectRoot, 'functions')).length - (authorizer === 'lambda' ? 0 : 1);

/** A value of its own for every parameter but the authorizer. */
export const tuning = {
  alarmTopic: 'arn:aws:sns:eu-central-1:123456789012:alarms',
  corsOrigins: 'https://shop.example.com, https://admin.example.com',
  requestsPerSecond: 10,
  burst: 20,
  reservedConcurrency: 5,
  domainPrefix: 'my-shop',
  callbackUrl: 'https://shop.example.com/app',
  logoutUrl: 'https://shop.example.com/',
  consoleUrl: 'https://admin.example.com/console',
  authorizerCacheSeconds: 3600,
  selfSignUp: 'closed',
  mfa: 'required',
  mailIdentity: 'arn:aws:ses:eu-central-1:123456789012:identity/example.com',
  mailFrom: 'Shop <no-reply@example.com>',
  loggedAddresses: 'left-out',
  webhookUrl: 'https://shop.example.com/hooks/catalogue?from=aws',
  webhookKey: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-AbCdEf',
  images: 'on',
  imagesBucket: 'my-shop-images',
  imagesLogBucket: 'my-logs',
  imagesDomain: 'images.example.com',
  imagesCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/1234abcd-12ab-34cd-56ef-1234567890ab',
  encryptionKey: 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
};

/** The options of the one with every function that there is. */
export const wholePackage = parameters({ authorizer: 'lambda' });

const template = (values: Parameters<typeof parameters>[0]) => parameters({ ...values, code: 'none' });

/** The options of `sls package`, under the name of what comes out: templates alone, and a whole package. */
export const packages = {
  jwt: template({}),
  iam: template({ authorizer: 'iam' }),
  'public-jwt': template({ reads: 'public', distributedReads: 'on' }),
  'no-images': template({ images: 'off' }),
  'public-lambda': template({ reads: 'public', authorizer: 'lambda' }),
  'public-iam': template({ reads: 'public', authorizer: 'iam' }),
  prod: ['--stage', 'prod', ...template({})],
  tuned: template({ ...tuning, authorizer: 'lambda' }),
  // The last: in a whole run, the local stack has built the console's page by then.
  lambda: wholePackage,
} satisfies Record<string, readonly string[]>;

export const packageNames = Object.keys(packages);

const folders = z.record(z.string(), z.string());

/** The folder of a package, with its template and zips. */
export function packageFolder(name: string): string {
  const folder = folders.parse(JSON.parse(process.env['PACKAGE_FOLDERS'] ?? '{}'))[name];
  if (folder === undefined) throw new Error(`test/support/package-service.ts has not made the package ${name}`);
  return folder;
}
