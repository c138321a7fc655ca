/** The stacks under attack. Everything they answer on this way is kept, and searched for secrets when all is done. */
import path from 'node:path';
import type { StackInfo } from '../../deployment/stack-info';
import { folderOf, runningStack } from './stack';

export const attackable = ['jwt', 'lambda'] as const;
type Attackable = (typeof attackable)[number];

export const recordedUrlVariable = (authorizer: Attackable) => `RECORDED_${authorizer.toUpperCase()}_URL`;

/** The folder of the recorded answers, a file for each connection. */
export const recordingsOf = (authorizer: Attackable) => path.join(folderOf(authorizer), 'answers');

/** As `runningStack`, with the recorder in front of the API. */
export function attackedStack(authorizer: Attackable = 'jwt'): StackInfo {
  const apiUrl = process.env[recordedUrlVariable(authorizer)];
  if (!apiUrl) throw new Error('test/support/start-attacked-stacks.ts has not run');
  return { ...runningStack(authorizer), apiUrl };
}
