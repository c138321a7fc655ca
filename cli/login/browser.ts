/** Opens an address in the browser of the person at the terminal. */
import { spawn } from 'node:child_process';

/** Where there is no browser, nothing happens. */
export function openInBrowser(url: string): void {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => undefined);
  opener.unref();
}

const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is part of cmd.exe, to which the & of a URL is an operator.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
