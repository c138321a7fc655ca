/** The console of a deployment that opens its reads. */
import '../../support/public-reads';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { newConsole } from '../../../src/console/console';
import { sealFor } from '../../../src/console/seal';
import { policy } from '../../../src/access/policy';
import { fakeContext, fakeEvent } from '../../support/events';
import { newFolder } from '../../support/temporary-file';

const pageFolder = newFolder();
writeFileSync(path.join(pageFolder, 'index.html.br'), '');

const clientSecret = 'a-secret';
const settings = {
  url: 'https://api.example.com/console',
  apiUrl: 'https://api.example.com',
  hostedUiUrl: 'https://sign-in.example.com',
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_1',
  clientId: 'console',
  clientSecret,
  pageFolder,
  identityPool: undefined,
  pictures: undefined,
};

it('GET /console/session names every route that is open to somebody in no group, where reads are public', async () => {
  const endsAt = Math.floor(Date.now() / 1000) + 900;
  const token = `.${Buffer.from(JSON.stringify({ exp: endsAt })).toString('base64url')}.`;
  const session = { email: 'eve@example.com', sub: 'eve', refreshToken: 'none', token, endsAt };
  const event = {
    ...fakeEvent({ routeKey: 'GET /console/session', headers: { 'x-console': '1' } }),
    cookies: [`__Host-console=${sealFor(clientSecret, 'session').close(session)}`],
  };
  const answer = await newConsole(settings)(event, fakeContext());
  const { groups, routes } = JSON.parse(answer.body ?? '') as { groups: string[]; routes: string[] };
  expect(groups).toEqual([]);
  expect(routes).toEqual(Object.keys(policy).filter((route) => /^GET \/(?:products|categories)/.test(route)));
  expect(routes).toContain('GET /categories/tree');
});
