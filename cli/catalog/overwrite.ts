/** Asks whoever sits at a terminal before a file that is there is written over. */
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { printable } from '../../deployment/terminal';

/** Without a terminal nobody can be asked, and nobody is. */
export async function mayOverwrite(
  path: string,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): Promise<boolean> {
  if (!input.isTTY || !output.isTTY || !existsSync(path)) return true;
  const terminal = createInterface({ input, output });
  try {
    const answer = await terminal.question(`${printable(path)} is there already. Write over it? (y/N) `);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
