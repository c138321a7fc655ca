// Loaded into a Node process (NODE_OPTIONS=--require): on SIGUSR2 it writes what it holds after a full collection to stderr.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
// Code that is not used for a while would be given back at any time, which is more than a leak takes.
setFlagsFromString('--no-flush-bytecode');
const collect = runInNewContext('gc');

process.on('SIGUSR2', () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  process.stderr.write(`held ${heapUsed + external}\n`);
});
