/** docs/add-a-group.md, word for word: its changes to a copy of the project, its commands, and what each of them answers. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyProject, follow, readGuide, runScript } from '../support/guide';
import { freePortVariables, npmStart, pressCtrlC } from '../support/npm-start';

const copy = copyProject();
const blocks = readGuide('docs/add-a-group.md');
const startAt = blocks.findIndex(({ code }) => code === 'npm start -- --authorizer jwt\n');
const [story = '', ...others] = blocks.slice(startAt + 1).map(({ code }) => code);
const addresses = 'cognito=http://127.0.0.1:9229 client=localcatalogclient\n';

jest.setTimeout(180_000);

beforeAll(() => {
  for (const block of blocks.slice(0, startAt)) follow(copy, block);
});

it('has changes, a start and a story', () => {
  expect([startAt, others]).toEqual([5, []]);
  expect(story).toContain(addresses);
  expect(expectedStatuses(story)).toEqual([200, 403, 403, 200, 200, 200]);
});

/** What the comments of the script say that its calls answer. */
const expectedStatuses = (script: string) =>
  [...script.matchAll(/^npm .* call .* # (\d+)$/gm)].map(([, status]) => Number(status));

it.each(['jwt', 'lambda', 'iam'])('does what it says with the authorizer %s', async (authorizer) => {
  const LOCAL_DIR = mkdtempSync(path.join(tmpdir(), 'catalog-guide-stack-'));
  const settings = { LOCAL_DIR, ...(await freePortVariables()) };
  const started = npmStart(settings, ['--authorizer', authorizer], {}, copy);
  await started.ready;
  try {
    const script = story.replace('http://127.0.0.1:9229', `http://127.0.0.1:${settings.COGNITO_PORT}`);
    const output = await runScript(copy, script, { ...process.env, ...settings });
    const statuses = [...output.matchAll(/^GET \/\w+ answered (\d+)$/gm)].map(([, status]) => Number(status));
    expect({ output, statuses }).toEqual({ output, statuses: expectedStatuses(script) });
    expect(output).toContain('Nosferatu');
  } finally {
    pressCtrlC(started);
    await started.exit;
  }
});
