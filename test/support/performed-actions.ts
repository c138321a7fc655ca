/** What functions do to the table and to the bucket of pictures, and what their roles allow, in IAM's words. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { projectRoot } from '../../deployment/service';
import { prefixes } from '../../resources/picture-rules';
import { documents } from '../../src/dynamodb/client';
import { aroundPlainQueries } from './plain-queries';

/** `dynamodb:PutItem` on the table, `dynamodb:Query by-status` on one of its indexes, or `s3:GetObject pending/` below a prefix. */
const performed = new Set<string>();

const sent = z.object({
  IndexName: z.optional(z.string()),
  TransactItems: z.optional(z.array(z.record(z.string(), z.unknown()))),
});

// A transaction needs the permission of each write in it (IAM, "Using transactions").
const transactionActions: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

documents.middlewareStack.add(
  (next, context) => (args) => {
    const { IndexName, TransactItems } = sent.parse(args.input);
    const operation = (context.commandName ?? '').replace(/Command$/, '');
    if (TransactItems) {
      for (const item of TransactItems)
        for (const kind of Object.keys(item)) performed.add(transactionActions[kind] ?? kind);
    } else if (IndexName) performed.add(`dynamodb:${operation} ${IndexName}`);
    else performed.add(`dynamodb:${operation}`);
    return next(args);
  },
  { step: 'initialize' },
);

aroundPlainQueries((input, send) => {
  performed.add('dynamodb:Query');
  return send(input);
});

const prefixOf = (key: string) => Object.values(prefixes).find((prefix) => key.startsWith(prefix)) ?? key;

/** Records an action on an object of the bucket. */
export const performOn = (key: string, action: string) => performed.add(`s3:${action} ${prefixOf(key)}`);

const objectActions: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

interface ObjectCall {
  method: string;
  key: string;
  headers?: Record<string, string> | undefined;
}

/** Records what a request to the bucket needs, by its answer too ("Required permissions", S3 API reference). */
export function performRequest({ method, key, headers }: ObjectCall, status: number): void {
  if (key === '') performed.add('s3:ListBucket');
  else performOn(key, objectActions[method] ?? method);
  const [, source] = /^\/[^/]+\/(.*)/.exec(headers?.['x-amz-copy-source'] ?? '') ?? [];
  if (source !== undefined) performOn(source, 'GetObject');
  // Without it, S3 answers 403.
  if (status === 404) performed.add('s3:ListBucket');
}

const statement = z.object({ Action: z.array(z.string()), Resource: z.unknown() });
const roleFile = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Properties: z.object({
        Policies: z.optional(z.array(z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) }))),
      }),
    }),
  ),
});

/** What a role in a file of `resources` allows on the table and the bucket, in order. */
export function allowedIn(file: string, role: string): string[] {
  const roles = roleFile.parse(load(readFileSync(path.join(projectRoot, 'resources', file), 'utf8'))).Resources;
  const statements = roles[role]?.Properties.Policies?.flatMap(({ PolicyDocument }) => PolicyDocument.Statement) ?? [];
  return statements
    .flatMap(({ Action, Resource }) => {
      const text = JSON.stringify(Resource);
      const parts = [...text.matchAll(/index\/([\w-]+)|"\/((?:pending|images)\/)\*"/g)].map(
        ([, index, prefix]) => index ?? prefix ?? '',
      );
      return Action.flatMap((action) => (parts.length > 0 ? parts.map((part) => `${action} ${part}`) : [action]));
    })
    .filter((action) => /^(?:dynamodb|s3):/.test(action))
    .sort();
}

/** What is done while this runs, in order. */
export async function actionsOf(run: () => Promise<unknown>): Promise<string[]> {
  performed.clear();
  await run();
  return [...performed].sort();
}
