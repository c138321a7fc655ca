/** A handler whose database is gone, in a Node of its own: under Jest the SDK does not know the errors of sockets. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../local/processes/ports';
import { projectRoot } from '../../../deployment/service';
import { fakeEvent, type FakeRequest } from '../../support/events';
import { typescript } from '../../support/run-script';

const script = `
  const [file, event] = process.argv.slice(1);
  require(file).handler(JSON.parse(event), { getRemainingTimeInMillis: () => 10_000 })
    .then((answer) => console.log(JSON.stringify(answer)));
`;

async function answerOf(name: string, request: FakeRequest): Promise<unknown> {
  const file = path.join(projectRoot, 'functions', name);
  const event = JSON.stringify(fakeEvent(request));
  const { stdout } = await promisify(execFile)(process.execPath, [...typescript, '--eval', script, file, event], {
    cwd: projectRoot,
    env: { ...process.env, DYNAMODB_ENDPOINT: `http://127.0.0.1:${await freePort()}` },
    timeout: 20_000,
  });
  return JSON.parse(stdout);
}

const body: unknown = expect.stringContaining('"code":"busy"');

describe('a database that cannot be reached', () => {
  it.each<[string, FakeRequest]>([
    ['list-categories', { routeKey: 'GET /categories' }],
    ['create-category', { routeKey: 'POST /categories', body: { name: 'Shoes' } }],
  ])('makes %s answer 503 busy with Retry-After', async (name, request) => {
    expect(await answerOf(name, request)).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' }, body });
  });
});
