/** docs/add-a-group.md, word for word: its changes to a copy of the project, its commands, and what each of them answers. */
import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { applyChange, readGuide } from '../support/guide';
import { freePortVariables, npmStart, pressCtrlC } from '../support/npm-start';

const copy = path.join(mkdtempSync(path.join(tmpdir(), 'catalog-guide-')), 'project');
const blocks = readGuide('docs/add-a-group.md');
const startAt = blocks.findIndex(({ code }) => code === 'npm start -- --authorizer jwt\n');
const [story = '', ...others] = blocks.slice(startAt + 1).map(({ code }) => code);
const addresses = 'cognito=http://127.0.0.1:9229 client=localcatalogclient\n';

jest.setTimeout(180_000);

beforeAll(() => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: projectRoot, encoding: 'utf8' });
  for (const folder of new Set(files.split('\n').map((file) => file.split('/')[0] ?? ''))) {
    if (folder !== '' && folder !== 'test')
      cpSync(path.join(projectRoot, folder), path.join(copy, folder), { recursive: true });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(copy, 'node_modules'));
  for (const block of blocks.slice(0, startAt)) {
    if (block.language === 'bash') execFileSync('bash', ['-euo', 'pipefail', '-c', block.code], { cwd: copy });
    else applyChange(copy, block);
  }
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
    const output = await runScript(script, { ...process.env, ...settings });
    const statuses = [...output.matchAll(/^GET \/\w+ answered (\d+)$/gm)].map(([, status]) => Number(status));
    expect({ output, statuses }).toEqual({ output, statuses: expectedStatuses(script) });
    expect(output).toContain('Nosferatu');
  } finally {
    pressCtrlC(started);
    await started.exit;
  }
});

/** Everything that the script prints. */
function runScript(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve) => {
    // As in a terminal: what is refused does not end the script.
    execFile('bash', ['-c', `exec 2>&1\n${script}`], { cwd: copy, env }, (_, stdout) => resolve(stdout));
  });
}
