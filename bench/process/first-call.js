/**
 * A cold start: loads a bundle and answers its first call, as Lambda does in a new environment. Arguments: the bundle, a
 * file with its event. Prints what it took, in milliseconds, as its last line.
 */
const { readFileSync } = require('node:fs');

const [, , bundle, file] = process.argv;
const event = JSON.parse(readFileSync(file, 'utf8'));

async function call() {
  const started = performance.now();
  const { handler } = require(bundle);
  const loaded = performance.now();
  const answer = await handler(event, { getRemainingTimeInMillis: () => 10_000 });
  // Since the process began: Lambda counts the start of Node as well.
  const wall = performance.now();
  const { user, system } = process.cpuUsage();
  if (!(answer.statusCode < 300 || answer.isAuthorized === true)) throw new Error(JSON.stringify(answer));
  // Where the pipe is full of log lines, the last waits in this process, and an exit would lose it.
  process.stdout.write(`\n${JSON.stringify({ wall, init: loaded - started, cpu: (user + system) / 1000 })}\n`, () =>
    process.exit(),
  );
}

void call();
