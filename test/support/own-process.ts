/** A handler in a Node of its own: it can be killed, and its SDK knows the errors of sockets, which it does not under Jest. */
import { execFile } from 'node:child_process';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { bundle } from '../../command/bundle';
import { projectRoot } from '../../deployment/service';
import { fakeEvent, readAnswer, type Answer, type FakeRequest } from './events';
import { requestTime } from './slow-engine';

/** What is different from an invocation that goes well. */
interface Trouble {
  /** The process dies by SIGKILL just before its transaction is sent, or as soon as the reply to it is there. */
  killed?: 'before' | 'after';
  /** Where it finds the database. */
  endpoint?: string;
}

interface End {
  signal: NodeJS.Signals | null;
  /** Undefined where the process did not live to give one. */
  answer: Answer | undefined;
}

const script = `
  const [file, name, event, remaining, killed] = process.argv.slice(1);
  const { documents, handlerOf } = require(file);
  const dieIf = (moment) => killed === moment && process.kill(process.pid, 'SIGKILL');
  documents.middlewareStack.add((next, { commandName }) => async (args) => {
    if (commandName !== 'TransactWriteItemsCommand') return next(args);
    dieIf('before');
    const reply = await next(args);
    dieIf('after');
    return reply;
  }, { step: 'initialize' });
  handlerOf(name)
    .then((handler) => handler(JSON.parse(event), { getRemainingTimeInMillis: () => Number(remaining) }))
    .then((answer) => process.stdout.write(JSON.stringify(answer), () => process.exit()));
`;

/** Calls the handler in `functions/` of this name. */
export async function callInOwnProcess(name: string, request: FakeRequest, trouble: Trouble): Promise<End> {
  const { killed = 'never', endpoint } = trouble;
  const [file = ''] = await bundle(['test/support/handler-process.ts']);
  const args = [file, name, JSON.stringify(fakeEvent(request)), String(requestTime), killed];
  const options = {
    cwd: projectRoot,
    env: { ...process.env, ...(endpoint === undefined ? {} : { DYNAMODB_ENDPOINT: endpoint }) },
    timeout: requestTime,
  };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--eval', script, ...args], options, (_, stdout) => {
      const result = stdout === '' ? undefined : (JSON.parse(stdout) as APIGatewayProxyStructuredResultV2);
      resolve({ signal: child.signalCode, answer: result && readAnswer(result) });
    });
  });
}
