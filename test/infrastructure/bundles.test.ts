/** Each deployed bundle is one file that starts by itself, with no node_modules beside it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readService } from '../../local/service';
import { fakeEvent } from '../support/events';
import { packagedFunctions } from '../support/packaging';

const functions = packagedFunctions(process.env['PACKAGE_DIRECTORY'] ?? '');
const { routes } = readService();

/** Runs the bundle's handler in a fresh process and gives back its answer. */
function callAlone(code: Uint8Array, event: unknown): unknown {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-bundle-'));
  const file = path.join(directory, 'bundle.js');
  writeFileSync(file, code);
  const script = `
    require(${JSON.stringify(file)})
      .handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 10000 })
      .then((answer) => process.stdout.write(JSON.stringify(answer)));`;
  const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' };
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: directory, env, encoding: 'utf8' }));
}

it('has a bundle for every function', () => {
  expect(functions.map(({ name }) => name).sort()).toEqual(
    [...new Set(routes.map(({ functionName }) => functionName)), 'join-user-group'].sort(),
  );
});

it.each(functions)('packs $name as one file', ({ name, files }) => {
  expect(Object.keys(files)).toEqual([`functions/${name}.js`]);
});

it.each(routes)('$routeKey refuses an unknown caller from its bundle alone', ({ routeKey, functionName }) => {
  const code = functions.find(({ name }) => name === functionName)?.files[`functions/${functionName}.js`];
  if (!code) throw new Error(`No bundle for ${functionName}`);
  expect(callAlone(code, fakeEvent({ routeKey, authorizer: undefined }))).toMatchObject({ statusCode: 403 });
});

it('join-user-group answers an event that is not its own from its bundle alone', () => {
  const code = functions.find(({ name }) => name === 'join-user-group')?.files['functions/join-user-group.js'];
  if (!code) throw new Error('No bundle for join-user-group');
  const event = { triggerSource: 'PostConfirmation_ConfirmForgotPassword', userName: 'someone' };
  expect(callAlone(code, event)).toEqual(event);
});
