import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../../../../command/bundle';
import { projectRoot } from '../../../../deployment/service';
import { eventually } from '../../../support/eventually';

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
    const [waiting, opened] = [path.join(folder, 'waiting'), path.join(folder, 'opened')];
    writeFileSync(waiting, '');
    for (const name of ['xdg-open', 'open']) {
      const opener = path.join(folder, name);
      // Goes on until this test lets it end.
      const lines = ['cd "${0%/*}"', 'while [ -e waiting ]; do /bin/sleep 0.05; done', 'printf %s "$*" > part'];
      writeFileSync(opener, ['#!/bin/sh', ...lines, '/bin/mv part opened', ''].join('\n'));
      chmodSync(opener, 0o700);
    }
    expect(await openIn(folder)).toEqual({ stdout: '', stderr: '' });
    rmSync(waiting);
    await eventually('address that was opened', () => existsSync(opened));
    expect(readFileSync(opened, 'utf8')).toBe(url);
  });

  it('does nothing where there is no opener', async () => {
    expect(await openIn(mkdtempSync(path.join(tmpdir(), 'catalog-opener-')))).toEqual({ stdout: '', stderr: '' });
  });
});
