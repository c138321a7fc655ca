// Runs a command for as long as the process that started this one keeps standard input open: a local stack that dies,
// however it dies, leaves no engine behind.
import { spawn } from 'node:child_process';
import process from 'node:process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const gracePeriod = 5_000;

function stop() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), gracePeriod).unref();
}

process.stdin.on('close', stop).resume();
process.on('SIGTERM', stop);
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
