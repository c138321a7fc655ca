import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { bundle } from '../../../../command/bundle';
import { projectRoot } from '../../../../deployment/service';

const url = 'http://127.0.0.1:9229/oauth2/authorize?scope=openid+email&state=$HOME';

/** Opens the address in a process that finds programs in this folder alone. */
async function openIn(folder: string) {
  const [file = ''] = await bundle(['cli/login/browser.ts']);
  const script = `require('${file}').openInBrowser('${url}')`;
  const options = { cwd: projectRoot, env: { PATH: folder } };
  return promisify(execFile)(process.execPath, ['--eval', script], options);
}

describe('openInBrowser', () => {
  it('hands the address to the opener of the platform, and does not wait for it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'catalog-opener-'));
    const opened = path.join(folder, 'opened');
    for (const name of ['xdg-open', 'open']) {
      const opener = path.join(folder, name);
      writeFileSync(
        opener,
        `#!/bin/sh\n/bin/sleep 1\nprintf %s "$*" > ${opened}.part\n/bin/mv ${opened}.part ${opened}\n`,
      );
      chmodSync(opener, 0o700);
    }
    expect(await openIn(folder)).toEqual({ stdout: '', stderr: '' });
    expect(existsSync(opened)).toBe(false);
    while (!existsSync(opened)) await sleep(50);
    expect(readFileSync(opened, 'utf8')).toBe(url);
  });

  it('does nothing where there is no opener', async () => {
    expect(await openIn(mkdtempSync(path.join(tmpdir(), 'catalog-opener-')))).toEqual({ stdout: '', stderr: '' });
  });
});
