import { program } from '../../../bench/run';
import { sections } from '../../../bench/sections';
import { runHere } from '../../support/run-here';

it('bench names the sections that there are, and measures none, where one is asked for that there is not', async () => {
  expect(await runHere(program, ['cost', 'warmth'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `There is no section warmth. There are ${sections.map(({ name }) => name).join(', ')}.\n`,
  });
});

it('bench --help lists every section, with what it takes and needs', async () => {
  const { stdout } = await runHere(program, ['--help']);
  for (const { name, title, takes, needs = '' } of sections) {
    const line = stdout.split('\n').find((one) => one.startsWith(`  ${name} `)) ?? '';
    for (const part of [title, takes, needs]) expect(line).toContain(part);
  }
});
