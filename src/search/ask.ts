/** Asks the search function, which the gateway cannot lead to: an HTTP API tells routes apart by their paths alone. */
import { serviceHost } from '../aws/service-host';
import { sendSigned } from '../aws/signed-request';
import { config, readSearchSettings } from '../config';
import { DeadlineError } from '../deadline';
import { busy } from '../errors';
import type { Sent } from './answer';
import type { Question, Reply } from './question';

const {
  functionName,
  functionSocket,
  endpoint = `https://${serviceHost('lambda', config.region)}`,
} = readSearchSettings();
const host = functionSocket === undefined ? endpoint : 'http://localhost';
const url = new URL(`/2015-03-31/functions/${functionName}/invocations`, host);

/** Throws `busy` where the function cannot be reached, has no room, or finds the table busy. */
export async function ask(question: Question): Promise<Reply> {
  const { status, headers, body } = await sendSigned({
    ...{ service: 'lambda', region: config.region, method: 'POST', url, socketPath: functionSocket },
    body: JSON.stringify(question),
  }).catch((error: unknown) => {
    throw error instanceof DeadlineError || !(error instanceof Error) ? error : busy(error);
  });
  // 429 is Lambda's throttling (Invoke, API reference).
  if (status === 429 || status >= 500) throw busy(new Error(`Lambda answered ${status}`));
  // Of a bad signature, the body repeats what should have been signed: the session token is in it.
  if (status !== 200) throw new Error(`Lambda answered ${status}: ${String(headers['x-amzn-errortype'])}`);
  // A function that fails is a 200 with this header (the same page).
  if (headers['x-amz-function-error']) throw new Error(`The search function failed: ${body.toString().slice(0, 500)}`);
  const sent = JSON.parse(body.toString()) as Sent;
  if ('busy' in sent) throw busy(new Error('The search function found the table busy'));
  return sent;
}
