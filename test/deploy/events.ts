/** Events of the deployed stack: each change comes to a queue behind the bus, by way of stream, function and rule. */
import assert from 'node:assert/strict';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { localCredentials } from '../../local/account';
import { signHeaders } from '../../src/sign-headers';
import { eventFaults } from '../support/event-schemas';
import { eventually } from '../support/eventually';
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

interface Event {
  'detail-type': string;
  detail: { id: string; at: string };
}

/** Answers how long after its change each event was there. Leaves nothing behind. */
export async function checkEvents(deployment: EmulatedDeployment): Promise<string> {
  const sqs = new SQSClient(clientSettings());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'rehearsal-events' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await askEventBridge('PutRule', { ...rule, EventPattern: JSON.stringify({ source: ['admin-catalog'] }) });
  const target = { Id: 'queue', Arn: Attributes?.['QueueArn'] };
  await askEventBridge('PutTargets', { Rule: rule.Name, EventBusName: stackName, Targets: [target] });

  const { AccessToken: token } = await signIn(deployment, admin);
  const ask = (method: string, path: string, body?: object) =>
    send(deployment.apiUrl, method, path, { token, ...(body && { body }) });
  const { body } = await ask('POST', '/categories', { name: 'Told of' });
  const { id } = body as { id: string };
  await ask('PATCH', `/categories/${id}`, { description: 'Again' });
  await ask('DELETE', `/categories/${id}`);

  const found: { type: string; milliseconds: number }[] = [];
  await eventually('event of every change', async () => {
    const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(request));
    for (const { Body = '' } of Messages) {
      const event = JSON.parse(Body) as Event;
      if (event.detail.id !== id) continue;
      assert.deepEqual(eventFaults(event), []);
      found.push({ type: event['detail-type'], milliseconds: Date.now() - Date.parse(event.detail.at) });
    }
    return new Set(found.map(({ type }) => type)).size === 3;
  });
  await askEventBridge('RemoveTargets', { Rule: rule.Name, EventBusName: stackName, Ids: ['queue'] });
  await askEventBridge('DeleteRule', rule);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  return found.map(({ type, milliseconds }) => `${type} after ${milliseconds} ms`).join(', ');
}
