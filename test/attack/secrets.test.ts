/** The last of the attacks' tests: nothing that the stacks have logged or answered gives a secret away. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { recordingsOf } from '../support/attacked-stack';
import { secretsIn } from '../support/secrets';
import { password, runningStack } from '../support/stack';
import { accessClaims, sign } from '../support/tokens';

const stacks = path.dirname(path.dirname(recordingsOf('jwt')));

/** The logs and recorded answers of every stack of this run, be it one that a test has started for itself. */
function witnesses(): string[] {
  return readdirSync(stacks, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.log') || file.endsWith('.http'))
    .map((file) => path.join(stacks, file));
}

function findings(files: string[]): string[] {
  return files.flatMap((file) =>
    secretsIn(readFileSync(file, 'utf8')).map((kind) => `${kind} in ${path.relative(stacks, file)}`),
  );
}

it('finds each kind of secret where there is one', () => {
  const frame = new Error('x').stack?.split('\n')[1] ?? '';
  expect(secretsIn(`{"message":"${sign(accessClaims(runningStack(), []))}"}`)).toEqual(['a token']);
  expect(secretsIn(`said ${password}`)).toEqual(['a password']);
  expect(secretsIn(`Error: x\n${frame}\n`)).toEqual(['a stack trace']);
  expect(secretsIn(JSON.stringify({ trace: `Error: x\n${frame}` }))).toEqual(['a stack trace']);
  expect(secretsIn('{"route":"GET /products","status":200}')).toEqual([]);
});

it('there are answers and logs of every stack to search', () => {
  const files = witnesses().map((file) => path.relative(stacks, file));
  for (const authorizer of ['jwt', 'lambda']) {
    expect(files).toContain(path.join(authorizer, 'logs', 'api.log'));
    expect(files).toContain(path.join(authorizer, 'start.log'));
    expect(files).toContain(path.join(authorizer, 'answers', '1.http'));
  }
});

it('no log and no answer has a token, a password or a stack trace', () => {
  expect(findings(witnesses())).toEqual([]);
});
