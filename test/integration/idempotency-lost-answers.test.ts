/** A creation whose write is done and whose answer never comes: the caller repeats it, and there is one record. */
import { creations, idsNamed, newKey, post } from '../support/creations';
import type { Answer } from '../support/events';
import { startFreezable, type FreezableProcess } from '../support/frozen-process';
import { lossyDatabase, type LossyDatabase } from '../support/lossy-database';
import { callInOwnProcess } from '../support/own-process';
import { newProcessClock } from '../support/process-clock';
import { requestTime } from '../support/slow-engine';
import { leavingNoTrace } from '../support/table-contents';

const functionNames = { 'POST /products': 'create-product', 'POST /categories': 'create-category' } as const;

const clock = newProcessClock();
let database: LossyDatabase;
/** Handlers that find the database there. */
let handlers: FreezableProcess;

beforeAll(async () => {
  database = await lossyDatabase();
  handlers = await startFreezable(database.endpoint, clock);
});

afterAll(async () => {
  await handlers.stop();
  database.stop();
});

describe.each(creations)('$route', ({ route, newBody }) => {
  /** A request, whose answer is lost first, then again. */
  async function prepare() {
    const [name, key, body] = [functionNames[route], newKey(), await newBody()];
    const request = { routeKey: route, body, headers: { 'idempotency-key': key } };
    return {
      name: body.name,
      killed: (moment: 'before' | 'after') => callInOwnProcess(name, request, { killed: moment }),
      losing: async (count: number, onLoss?: () => void) => {
        database.lose(count, onLoss);
        handlers.thaw();
        const [answer] = await handlers.callThenFreeze([{ ...request, name }], requestTime);
        return answer;
      },
      again: () => post(route, key, body),
    };
  }

  async function expectFirstRecord(again: () => Promise<Answer>, name: string) {
    const [id, ...others] = await idsNamed(name);
    expect(others).toEqual([]);
    const answer = await leavingNoTrace(again);
    expect(answer).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' }, body: { id, name } });
  }

  it('makes no second record when the handler was killed between commit and answer', async () => {
    const { name, killed, again } = await prepare();
    expect(await killed('after')).toEqual({ signal: 'SIGKILL', answer: undefined });
    await expectFirstRecord(again, name);
  });

  it('makes the first record when the handler was killed before its write', async () => {
    const { name, killed, again } = await prepare();
    expect(await killed('before')).toEqual({ signal: 'SIGKILL', answer: undefined });
    expect(await idsNamed(name)).toEqual([]);
    const { status, headers, body } = await again();
    expect(status).toBe(201);
    expect(headers).not.toHaveProperty('idempotency-replayed');
    expect(await idsNamed(name)).toEqual([body.id]);
  });

  it.each([1, 2])(
    'answers 201, and not as a repetition, when the first %d of three replies got lost',
    async (count) => {
      const { name, losing, again } = await prepare();
      const answer = await losing(count);
      expect(database.lost()).toBe(count);
      expect(answer).toMatchObject({ status: 201, body: { name } });
      expect(answer?.headers).not.toHaveProperty('idempotency-replayed');
      await expectFirstRecord(again, name);
    },
  );

  it('answers 503 when every reply of the database got lost, and the first record when asked again', async () => {
    const { name, losing, again } = await prepare();
    const answer = await losing(Infinity);
    expect(database.lost()).toBe(3);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } });
    await expectFirstRecord(again, name);
  });

  it('answers 503 when its time is up after a reply that got lost, and the first record when asked again', async () => {
    const { name, losing, again } = await prepare();
    const answer = await losing(Infinity, () => clock.passTime(true));
    clock.passTime(false);
    expect(database.lost()).toBe(1);
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } });
    await expectFirstRecord(again, name);
  });
});
