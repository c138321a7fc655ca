/**
 * Warm calls: loads a bundle, calls its handler until it runs at its full speed, then measures. Arguments: the bundle, a
 * file with a list of events for each phase, the number of calls at a time in each phase; the first phase is the warm-up.
 * Prints a list of what the others took as its last line.
 */
const { readFileSync } = require('node:fs');

const [, , bundle, file, ...concurrencies] = process.argv;
const { handler } = require(bundle);
// Ten seconds, as in Lambda, but for what waits for a slow database here.
const context = { getRemainingTimeInMillis: () => Number(process.env.BENCH_TIMEOUT ?? 10_000) };

async function phase(events, concurrency) {
  const latencies = [];
  const waiting = events.values();
  const work = async () => {
    for (const event of waiting) {
      const started = performance.now();
      const answer = await handler(event, context);
      latencies.push(performance.now() - started);
      if (!(answer.statusCode < 300 || answer.isAuthorized === true)) throw new Error(JSON.stringify(answer));
    }
  };
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  latencies.sort((a, b) => a - b);
  return {
    callsPerSecond: events.length / seconds,
    p50: latencies[Math.floor(latencies.length / 2)],
    cpu: (user + system) / 1000 / events.length,
  };
}

async function run() {
  const phases = JSON.parse(readFileSync(file, 'utf8'));
  const results = [];
  for (const [index, events] of phases.entries()) results.push(await phase(events, Number(concurrencies[index])));
  // Where the pipe is full of log lines, the last waits in this process, and an exit would lose it.
  process.stdout.write(`\n${JSON.stringify(results.slice(1))}\n`, () => process.exit());
}

void run();
