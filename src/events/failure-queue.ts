/**
 * Tells the queue of unsent events about entries whose events cannot be sent: it sets off an alarm, and a replay finds
 * there what to send again.
 */
import { sendSigned } from '../aws/signed-request';
import { config, readEventSettings } from '../config';
import { withinDeadline } from '../deadline';
import type { Key } from '../dynamodb/read';
import { log } from '../log';

const { queueUrl, socketPath, endpoint } = readEventSettings();

const longest = 4_000;
const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' };

/** Tells where an entry is whose event cannot be made. Answers whether the queue has taken that. */
export async function tellQueue({ pk, sk }: Key, end: number): Promise<boolean> {
  const body = JSON.stringify({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ entry: { pk, sk } }) });
  // SQS is where its queue is, in every partition of AWS.
  const url = new URL(socketPath === undefined ? (endpoint ?? queueUrl) : 'http://localhost');
  url.pathname = '/';
  const request = { service: 'sqs', region: config.region, method: 'POST', url, headers, body, socketPath } as const;
  try {
    const time = Math.min(longest, end - Date.now());
    const { status } = await withinDeadline(time, () => sendSigned(request));
    if (status === 200) return true;
    log.error('the queue was not told of an event', { pk, sk, status });
  } catch (error) {
    log.error('the queue was not told of an event', { pk, sk }, error);
  }
  return false;
}
