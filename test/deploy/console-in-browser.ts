/**
 * The deployed console, used in a browser: its page, out of its package, lists and changes the catalogue by its own function.
 *
 * The emulator has no hosted UI, and leads no name of AWS's to itself. So the session is what the function seals after a sign-in, of
 * tokens that the deployed pool has issued by its API; and the function is told the emulator's addresses in place of AWS's. All else
 * is as deployed: the secret, the required header, the way to the API, its authorizer, the page and its policy.
 */
import assert from 'node:assert/strict';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { createServer, request as forward } from 'node:http';
import * as z from 'zod/mini';
import { freePort } from '../../local/processes/ports';
import { sealFor } from '../../src/console/seal';
import { giveSession, newPage, startChromium } from '../support/chromium';
import { signIn } from '../support/stack';
import { clientSettings, stackName } from './account';
import type { EmulatedDeployment } from './deployed-stack';

const FunctionName = `${stackName}-console`;

/** Signs `email`, an admin, in, and answers what was done. Throws where the page does not do it, or does what it may not. */
export async function useConsole(deployment: EmulatedDeployment, email: string): Promise<string> {
  const url = await serveAtRoot(deployment.apiUrl);
  const secret = await tellAddresses({ CONSOLE_URL: `${url}/console`, API_URL: deployment.apiUrl });
  const { AccessToken: token, RefreshToken: refreshToken } = await signIn(deployment, email);
  const endsAt = Math.floor(Date.now() / 1000) + 900;
  const value = sealFor(secret, 'session').close({ email, sub: 'of-the-rehearsal', refreshToken, token, endsAt });
  const browser = await startChromium();
  try {
    const { page, faults, searched } = await newPage(browser);
    await giveSession(page, value);
    await page.goto(`${url}/console/categories`);
    await page.getByRole('button', { name: 'New category' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Rehearsed');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Rehearsed' }).waitFor();
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    await Promise.all(searched);
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
  }
  return 'a category made and listed';
}

/** Sets these variables of the console's function, and answers the secret that it has been deployed with. */
async function tellAddresses(addresses: Record<string, string>): Promise<string> {
  const lambda = new LambdaClient(clientSettings());
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...addresses };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  return z.string().parse(Environment?.Variables?.['CONSOLE_CLIENT_SECRET']);
}

/** A host whose paths are those of the stage, as the API's own is on AWS. Answers its address, which is there for as long as this process. */
async function serveAtRoot(apiUrl: string): Promise<string> {
  const { host, pathname } = new URL(apiUrl);
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    const target = new URL(`${pathname}${url}`, apiUrl);
    const upstream = forward(target, { method, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    request.pipe(upstream);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${port}`;
}
