/** Handlers in a process of their own that can be frozen, as Lambda freezes an environment between two requests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { bundle } from '../../command/bundle';
import { projectRoot } from '../../deployment/service';
import { fakeEvent, readAnswer, type Answer, type FakeRequest } from './events';
import type { ProcessClock } from './process-clock';

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
  const { handlerOf } = require(process.argv[1]);
  process.on('message', async ({ names, events, remaining }) => {
    const handlers = await Promise.all(names.map(handlerOf));
    const context = { getRemainingTimeInMillis: () => remaining };
    const answers = await Promise.all(events.map((event, index) => handlers[index](event, context)));
    process.send(answers);
  });
`;

/** Starts a process that finds its database at `endpoint`, and the time at `clock`. */
export async function startFreezable(endpoint: string, clock: ProcessClock): Promise<FreezableProcess> {
  const [file = ''] = await bundle(['test/support/handler-process.ts']);
  const child = spawn(process.execPath, ['--eval', script, file], {
    cwd: projectRoot,
    env: { ...process.env, ...clock.env, DYNAMODB_ENDPOINT: endpoint },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // From here, and not by the process itself: a stop of its own may come behind the thaw of a test that has its answers, and stays.
  const freeze = () => child.kill('SIGSTOP');
  return {
    async callThenFreeze(calls, remaining) {
      const names = calls.map(({ name }) => name);
      child.send({ names, events: calls.map(fakeEvent), remaining });
      const [results] = (await once(child, 'message')) as [APIGatewayProxyStructuredResultV2[]];
      freeze();
      return results.map(readAnswer);
    },
    freeze,
    thaw: () => child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
