// Ends a command whose reader has gone, as `head` does once it has its lines, without a trace: with what a shell says of SIGPIPE.
// Where only errors and progress are read no more, it goes on.
const brokenPipe = 128 + 13;

const whereClosed = (then) => (error) => {
  if (error.code !== 'EPIPE') throw error;
  then();
};
process.stdout.on(
  'error',
  whereClosed(() => process.exit(brokenPipe)),
);
process.stderr.on(
  'error',
  whereClosed(() => undefined),
);
