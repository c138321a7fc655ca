/** Events of the deployed stack: each change comes to a queue behind the bus, by way of stream, function and rule. */
import assert from 'node:assert/strict';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { localCredentials } from '../../local/account';
import { signHeaders } from '../../src/sign-headers';
import { eventFaults } from '../support/event-schemas';
import { queuePattern } from '../support/queue-rule';
import { send, signIn } from '../support/stack';
import { clientSettings, region, stackName } from './account';
import type { EmulatedDeployment } from './deployed-stack';
import { admin } from './users';

/** Asks EventBridge. */
async function askEventBridge(operation: string, body: object): Promise<unknown> {
  const url = new URL(clientSettings().endpoint ?? '');
  const headers = {
    host: url.host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSEvents.${operation}`,
  };
  const request = { method: 'POST', target: '/', headers, body: JSON.stringify(body) };
  const signed = await signHeaders(request, localCredentials, { service: 'events', region }, new Date());
  const answer = await fetch(url, { method: 'POST', headers: signed ?? {}, body: request.body });
  assert.equal(answer.status, 200, `${operation}: ${answer.status}`);
  return answer.json();
}

const rule = { Name: 'rehearsal', EventBusName: stackName };

const event = z.object({
  'detail-type': z.string(),
  detail: z.object({ id: z.string(), version: z.number(), at: z.string() }),
});

/** For how long an event is waited for. */
const longest = 120_000;

/** The rule and the queue of docs/events.md, while `work` runs. Leaves neither behind. */
async function withQueue<Result>(work: (sqs: SQSClient, QueueUrl: string) => Promise<Result>): Promise<Result> {
  const sqs = new SQSClient(clientSettings());
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'rehearsal-events' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await askEventBridge('PutRule', { ...rule, EventPattern: JSON.stringify(queuePattern()) });
  const target = { Id: 'queue', Arn: Attributes?.['QueueArn'] };
  await askEventBridge('PutTargets', { Rule: rule.Name, EventBusName: stackName, Targets: [target] });
  const result = await work(sqs, QueueUrl);
  await askEventBridge('RemoveTargets', { Rule: rule.Name, EventBusName: stackName, Ids: ['queue'] });
  await askEventBridge('DeleteRule', rule);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  return result;
}

/**
 * The milliseconds from the time that each change has, `at`, until its event was received from the queue: of a product that is
 * created, changed so many times, and deleted. Throws where one does not come, or is not what its schema says. Leaves nothing behind.
 */
export async function timeEvents(deployment: EmulatedDeployment, changes: number): Promise<number[]> {
  const { AccessToken: token } = await signIn(deployment, admin);
  const ask = async (method: string, path: string, body?: object) =>
    (await send(deployment.apiUrl, method, path, { token, ...(body && { body }) })).body as { id: string };
  return withQueue(async (sqs, QueueUrl) => {
    const arrived = new Map<string, number>();
    const until = async (name: string): Promise<number> => {
      const answered = Date.now();
      for (;;) {
        const milliseconds = arrived.get(name);
        if (milliseconds !== undefined) return milliseconds;
        assert.ok(Date.now() - answered < longest, `There is no ${name} in the queue`);
        const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request));
        for (const { Body = '' } of Messages) {
          const found: unknown = JSON.parse(Body);
          assert.deepEqual(eventFaults(found), []);
          const { 'detail-type': type, detail } = event.parse(found);
          arrived.set(`${type} ${detail.id} ${detail.version}`, Date.now() - Date.parse(detail.at));
        }
      }
    };
    const { id: categoryId } = await ask('POST', '/categories', { name: 'Told of' });
    const fields = { sku: 'TOLD-1', name: 'Told of', price: { amount: 1, currency: 'EUR' }, categoryId };
    const { id } = await ask('POST', '/products', fields);
    const times = [await until(`product.created ${id} 1`)];
    for (let stockCount = 1; stockCount <= changes; stockCount += 1) {
      await ask('PATCH', `/products/${id}`, { stockCount });
      times.push(await until(`product.updated ${id} ${stockCount + 1}`));
    }
    await ask('DELETE', `/products/${id}`);
    times.push(await until(`product.deleted ${id} ${changes + 2}`));
    await ask('DELETE', `/categories/${categoryId}`);
    return times;
  });
}

/** Answers how long after its change each event was there. */
export async function checkEvents(deployment: EmulatedDeployment): Promise<string> {
  const times = await timeEvents(deployment, 5);
  return `after ${times.map((time) => time.toFixed(0)).join(', ')} ms`;
}
