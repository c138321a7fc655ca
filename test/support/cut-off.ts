/**
 * A process that ends after so many requests: the answer of the last never comes. One whose last is not done leaves what a process
 * leaves that ends a request sooner.
 */
import { documents } from '../../src/dynamodb/client';

/** How many requests are still done; after them, the process is as good as gone. */
export const life = { left: Infinity };

class CutOff extends Error {}

export async function whileAlive<Result>(request: () => Promise<Result>): Promise<Result> {
  if (life.left <= 0) throw new CutOff();
  life.left -= 1;
  if (life.left > 0) return request();
  await request();
  throw new CutOff();
}

/** From now on, requests to the table are counted. Those to S3 a test file mocks for itself. */
export const cutOffTable = (): void =>
  documents.middlewareStack.add((next) => (args) => whileAlive(() => next(args)), {
    step: 'initialize',
    name: 'cutOff',
  });
