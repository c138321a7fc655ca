/**
 * The search function in a new environment: its first answer, and then many. Arguments: the bundle, a file with questions, how
 * often each is asked. Prints what it took, in milliseconds and megabytes, as its last line: `{"busy":true}` where it says so, which
 * is no answer.
 */
const { readFileSync } = require('node:fs');

const [, , bundle, file, times] = process.argv;
const questions = JSON.parse(readFileSync(file, 'utf8'));

async function search() {
  const { handler } = require(bundle);
  const took = questions.map(() => []);
  const ask = async (question) => {
    const started = performance.now();
    const { hits, busy } = await handler(question);
    if (!busy && !Array.isArray(hits)) throw new Error('The search function has answered without hits');
    return busy ? undefined : performance.now() - started;
  };
  if ((await ask(questions[0])) === undefined) return { busy: true };
  // Since the process began: Lambda counts the start of Node as well.
  const cold = performance.now();
  for (let time = 0; time < Number(times); time += 1) {
    for (const [number, question] of questions.entries()) {
      const milliseconds = await ask(question);
      if (milliseconds === undefined) return { busy: true };
      took[number].push(milliseconds);
    }
  }
  // The first finds the buffers that nobody has any more, and the second no longer counts them.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return { cold, took, held: (heapUsed + external) / 1e6, peak: process.resourceUsage().maxRSS / 1e3 };
}

void search().then((result) => process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit()));
