/** Jest's global setup for infrastructure tests: packages the service as `sls deploy` would, into a folder of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../local/service';

export default function packageService(): void {
  const directory = mkdtempSync(path.join(tmpdir(), 'catalog-package-'));
  const serverless = path.join(projectRoot, 'node_modules', 'serverless', 'bin', 'serverless.js');
  execFileSync(process.execPath, [serverless, 'package', '--package', directory], {
    cwd: projectRoot,
    env: { ...process.env, BUNDLE_FOLDER: path.relative(projectRoot, path.join(directory, 'bundles')) },
    stdio: 'pipe',
    timeout: 120_000,
  });
  process.env['PACKAGE_DIRECTORY'] = directory;
}
