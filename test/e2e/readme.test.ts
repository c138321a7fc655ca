/** The main job, word for word as the README has it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { runningStack } from '../support/stack';

it('does the main job of the README', () => {
  const { apiUrl, cognitoUrl } = runningStack();
  const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
  const [, mainJob = ''] = /## The main job\n[^]*?```bash\n([^]*?)```/.exec(readme) ?? [];
  const script = mainJob.replace('http://127.0.0.1:3000', apiUrl).replace('http://127.0.0.1:9229', cognitoUrl);
  expect(script).toContain(`api=${apiUrl} cognito=${cognitoUrl}`);

  const output = execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: projectRoot, encoding: 'utf8' });
  expect(output).toMatch(/"sku":"SHOE-1","name":"Red shoe"/);
  expect(output).toMatch(/"status":403,"detail":"You do not have permission","code":"forbidden"[^}]*}$/);
});
