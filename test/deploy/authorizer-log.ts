/** What the Lambda authorizer has logged of the access matrix. */
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { clientSettings, stackName } from './account';
import { requireNone } from './require-none';

const decision = z.discriminatedUnion('allowed', [
  z.object({ message: z.literal('authorize'), route: z.string(), allowed: z.literal(true), sub: z.string() }),
  z.object({ message: z.literal('authorize'), route: z.string(), allowed: z.literal(false), reason: z.string() }),
]);

const refusals = [
  'another_algorithm',
  'another_client',
  'expired',
  'invalid_signature',
  'malformed',
  'not_an_access_token',
  'not_in_group',
];

/** Throws unless every refusal has its reason there, and no line anything of a token. Answers how many lines there are. */
export async function checkAuthorizerLog(): Promise<string> {
  const client = new CloudWatchLogsClient(clientSettings());
  const lines: string[] = [];
  for await (const { events } of paginateFilterLogEvents(
    { client },
    { logGroupName: `/aws/lambda/${stackName}-authorize` },
  )) {
    lines.push(...(events ?? []).flatMap(({ message = '' }) => message.split('\n')));
  }
  requireNone(
    'these lines have a token',
    lines.filter((line) => line.includes('eyJ')),
  );
  const decisions = lines.filter((line) => line.startsWith('{')).map((line) => decision.parse(JSON.parse(line)));
  const reasons = decisions.flatMap((made) => (made.allowed ? [] : [made.reason]));
  assert.deepEqual([...new Set(reasons)].sort(), refusals);
  assert.ok(decisions.length > reasons.length, 'nobody was allowed anything');
  return `${decisions.length} decisions, ${reasons.length} refusals`;
}
