/** The commands of the README as they are typed: what each of them does has tests of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../deployment/service';

// `npm start` and `npm run users` run whole in the tests of the start and of the README.
it('npm run catalog writes nothing where npm has kept --dry-run for itself', async () => {
  const args = ['run', '--silent', 'catalog', 'import', 'products.csv', '--as', 'admin@example.com', '--dry-run'];
  await expect(promisify(execFile)('npm', args, { cwd: projectRoot })).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /npm keeps --\S+ for itself unless "--" comes before it: begin with "npm run catalog --"\.\n$/,
    ),
  });
});

// What each of them shows is tested of its help, and that npm starts it.
it('npm run call shows how it is used', async () => {
  const args = ['run', '--silent', 'call', '--', '--help'];
  const { stdout, stderr } = await promisify(execFile)('npm', args, { cwd: projectRoot });
  expect(stdout).toContain('Usage: npm run call -- [options]');
  expect(stderr).toBe('');
});
