// Runs `sls package` once for each argument, its options as JSON, in one process: most of what one run takes is to load the framework.
const framework = require.resolve('serverless/scripts/serverless');
const waiting = process.argv.slice(2);

// What the framework remembers of a service, no test looks at, and to write it takes more than half of the time: json-cycle has Node
// make and catch an error for each value in it.
require(require.resolve('json-cycle', { paths: [framework] })).stringify = () => '';

// It begins as soon as it is loaded, and is done when there is nothing left to wait for. A failure it leaves in the exit code.
process.on('beforeExit', () => {
  const options = waiting.shift();
  if (options === undefined) return;
  process.argv = [process.execPath, framework, 'package', ...JSON.parse(options)];
  delete require.cache[framework];
  require(framework);
});
