/** Whether what generators and clients are made with is there. */
import { execSync } from 'node:child_process';
import type { Toolchain } from './clients';

/** Throws with the names of all that are missing or too old. */
export function requireToolchains(toolchains: Toolchain[]): void {
  const missing = toolchains.flatMap(({ name, command, minimum }) => {
    const wanted = `${name} ${minimum.join('.')} or newer`;
    const found = versionOf(command);
    if (found === undefined) return [`${wanted} is missing`];
    const [major, minor] = found;
    const enough = major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
    return enough ? [] : [`${wanted} is needed, and ${major}.${minor} is here`];
  });
  if (missing.length > 0) throw new Error(`npm run test:clients cannot run: ${missing.join('; ')}.`);
}

function versionOf(command: string): [number, number] | undefined {
  try {
    const said = execSync(command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [, major, minor] = /(\d+)\.(\d+)/.exec(said) ?? [];
    return [Number(major), Number(minor)];
  } catch {
    return undefined;
  }
}
