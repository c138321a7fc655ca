/** docs/add-a-field.md, word for word: the compiler asks for what it says, and then the field is there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyProject, follow, readGuide, runScript } from '../support/guide';
import { freePortVariables, npmStart, pressCtrlC } from '../support/npm-start';

const copy = copyProject();
const blocks = readGuide('docs/add-a-field.md');
const section = (number: number) => blocks.filter((block) => block.section === number);
const changed = [2, 3].flatMap(section).map(({ file }) => file);

jest.setTimeout(300_000);

/** What the compiler says of the files of the page. */
function typeErrors(): Promise<string> {
  const settings = {
    extends: './console/tsconfig.json',
    compilerOptions: {
      types: ['vite/client', 'node', 'jest'],
      incremental: true,
      tsBuildInfoFile: './guide.tsbuildinfo',
    },
    include: [],
    files: changed,
  };
  writeFileSync(path.join(copy, 'tsconfig.guide.json'), JSON.stringify(settings));
  return new Promise((resolve) => {
    execFile('npx', ['tsc', '-p', 'tsconfig.guide.json'], { cwd: copy }, (_, stdout) => resolve(stdout));
  });
}

it('is led by the compiler to every change that the page says it is', async () => {
  for (const block of [...section(1), ...section(3)]) follow(copy, block);
  let waiting = section(2);
  for (;;) {
    const errors = await typeErrors();
    const named = waiting.filter(({ file }) => errors.includes(`${file}(`));
    if (named.length === 0) {
      expect({ errors, waiting: waiting.map(({ file }) => file) }).toEqual({ errors: '', waiting: [] });
      break;
    }
    for (const block of named) follow(copy, block);
    waiting = waiting.filter((block) => !named.includes(block));
  }
});

it('has a field then that files bring and take away, and that is found', async () => {
  const [, story] = section(4);
  const settings = {
    LOCAL_DIR: mkdtempSync(path.join(tmpdir(), 'catalog-guide-stack-')),
    ...(await freePortVariables()),
  };
  const started = npmStart(settings, ['--seed'], {}, copy);
  await started.ready;
  try {
    const output = await runScript(copy, story?.code ?? '', { ...process.env, ...settings });
    expect(output).toMatch(/1 changed[^]*answered 200[^]*"sku": "CUP-MUG-350",[^]*"brand": "Acme"[^]*1 changed/);
    expect(readFileSync(path.join(copy, 'products-now.csv'), 'utf8')).toMatch(/^CUP-MUG-350,.*,Acme,/m);
  } finally {
    pressCtrlC(started);
    await started.exit;
  }
});
