// Runs a command of this project, written in TypeScript, which exports `main`: `node command/run.js cli/users.ts list`.
require('./supported-node');
require('./closed-pipe');
require('./quiet-sdk');
const { bundle } = require('./bundle');

const entryPoint = process.argv[2];
// The command finds its own arguments where it would if it were run by itself.
process.argv.splice(1, 1);
bundle([entryPoint]).then(
  ([file]) => require(file).main(),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
