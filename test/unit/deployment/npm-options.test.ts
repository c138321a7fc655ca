import { Command } from 'commander';
import { keptByNpm } from '../../../deployment/npm-options';

const program = new Command('npm run things --').option('--stage <stage>').option('--no-open');
program.command('import <file>').option('--dry-run');

describe('keptByNpm', () => {
  it.each([
    ['--stage', 'npm_config_stage', 'dev'],
    ['--no-open', 'npm_config_open', ''],
    ['--dry-run', 'npm_config_dry_run', 'true'],
  ])('says what to type where npm has %s', (option, variable, value) => {
    expect(keptByNpm(program, { [variable]: value })).toBe(
      `npm keeps ${option} for itself unless "--" comes before it: begin with "npm run things --".`,
    );
  });

  it("says nothing of npm's own settings", () => {
    expect(
      keptByNpm(program, { npm_config_cache: '/tmp', npm_config_user_agent: 'npm', stage: 'dev' }),
    ).toBeUndefined();
  });
});
