/**
 * The search function in a new environment: its first answer, and then many. Arguments: the bundle, a file with questions, how
 * often each is asked. Prints what it took, in milliseconds and megabytes, as its last line.
 */
const { readFileSync } = require('node:fs');

const [, , bundle, file, times] = process.argv;
const questions = JSON.parse(readFileSync(file, 'utf8'));

async function search() {
  const { handler } = require(bundle);
  const ask = async (question) => {
    const started = performance.now();
    const answer = await handler(question);
    if (!Array.isArray(answer.hits)) throw new Error(JSON.stringify(answer));
    return performance.now() - started;
  };
  await ask(questions[0]);
  // Since the process began: Lambda counts the start of Node as well.
  const cold = performance.now();
  const took = questions.map(() => []);
  for (let time = 0; time < Number(times); time += 1) {
    for (const [number, question] of questions.entries()) took[number].push(await ask(question));
  }
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  const figures = { cold, took, held: (heapUsed + external) / 1e6, peak: process.resourceUsage().maxRSS / 1e3 };
  process.stdout.write(`\n${JSON.stringify(figures)}\n`, () => process.exit());
}

void search();
