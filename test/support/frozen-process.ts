/** Handlers in a process of their own that can be frozen, as Lambda freezes an environment between two requests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { projectRoot } from '../../deployment/service';
import { fakeEvent, readAnswer, type Answer, type FakeRequest } from './events';
import { typescript } from './run-script';

/** A request to the handler in `functions/` of this name. */
export interface Call extends FakeRequest {
  name: string;
}

export interface FreezableProcess {
  /** Makes all calls at once, each of which has so many milliseconds, and freezes the process as soon as all are answered. */
  callThenFreeze(calls: Call[], remainingMilliseconds: number): Promise<Answer[]>;
  /** As a signal of the system's does it: nothing in the process runs until it is thawed. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const script = `
  process.on('message', async ({ files, events, remaining }) => {
    const handlers = files.map((file) => require(file).handler);
    const end = Date.now() + remaining;
    const context = { getRemainingTimeInMillis: () => end - Date.now() };
    const answers = await Promise.all(events.map((event, index) => handlers[index](event, context)));
    process.send(answers, () => process.kill(process.pid, 'SIGSTOP'));
  });
`;

/** Starts a process that finds its database at `endpoint`. */
export function startFreezable(endpoint: string): FreezableProcess {
  const child = spawn(process.execPath, [...typescript, '--eval', script], {
    cwd: projectRoot,
    env: { ...process.env, DYNAMODB_ENDPOINT: endpoint },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    async callThenFreeze(calls, remaining) {
      const files = calls.map(({ name }) => path.join(projectRoot, 'functions', name));
      child.send({ files, events: calls.map(fakeEvent), remaining });
      const [results] = (await once(child, 'message')) as [APIGatewayProxyStructuredResultV2[]];
      return results.map(readAnswer);
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
