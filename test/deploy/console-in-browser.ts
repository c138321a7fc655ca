/**
 * The deployed console, used in a browser: somebody signs in at the pool's hosted UI, and the page, out of its package, lists and
 * changes the catalogue by its own function.
 *
 * No name of AWS's leads to the emulator. So the function is told the emulator's addresses in place of AWS's, and the client that
 * sign-ins may come back to this one. All else is as deployed: the secret, PKCE, the sealed cookie, the required header, the way to the
 * API, its authorizer, the page and its policy. Not rehearsed are the renewal of a token, because the emulator's new ones name no group,
 * and the sign-out, as it has no `/oauth2/revoke`: the local stack's pool has both.
 */
import assert from 'node:assert/strict';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { CognitoIdentityProviderClient, UpdateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { createServer, request as forward } from 'node:http';
import * as z from 'zod/mini';
import { freePort } from '../../local/processes/ports';
import { newPage, startChromium } from '../support/chromium';
import { password } from '../support/stack';
import { clientSettings, stackName } from './account';
import type { EmulatedDeployment } from './deployed-stack';

const FunctionName = `${stackName}-console`;

/** Signs `email`, an admin, in, and answers what was done. Throws where the page does not do it, or does what it may not. */
export async function useConsole(deployment: EmulatedDeployment, email: string): Promise<string> {
  const url = await serveAtRoot(deployment.apiUrl);
  const ClientId = await tellAddresses({
    CONSOLE_URL: `${url}/console`,
    API_URL: deployment.apiUrl,
    HOSTED_UI_URL: deployment.cognitoUrl,
  });
  await new CognitoIdentityProviderClient(clientSettings()).send(
    // What is not named stays as it is here; on AWS it would go back to what is preset.
    new UpdateUserPoolClientCommand({
      UserPoolId: deployment.userPoolId,
      ClientId,
      CallbackURLs: [`${url}/console/app`],
    }),
  );
  const browser = await startChromium();
  try {
    const { page, faults, searched } = await newPage(browser);
    await page.goto(`${url}/console/categories`);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Username').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'New category' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Rehearsed');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Rehearsed' }).waitFor();
    await page.getByRole('link', { name: 'Products', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
    await Promise.all(searched);
    assert.deepEqual(faults, []);
    const kept = (await page.context().cookies(url)).map(({ name, httpOnly, secure, sameSite }) => [
      ...[name, httpOnly, secure, sameSite],
    ]);
    assert.deepEqual(kept, [['__Host-console', true, true, 'Strict']]);
  } finally {
    await browser.close();
  }
  return 'signed in, a category made and listed';
}

/** Sets these variables of the console's function, and answers the client that it has been deployed with. */
async function tellAddresses(addresses: Record<string, string>): Promise<string> {
  const lambda = new LambdaClient(clientSettings());
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, ...addresses };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  return z.string().parse(Environment?.Variables?.['CONSOLE_CLIENT_ID']);
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
