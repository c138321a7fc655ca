/** A creation whose write is done and whose answer never comes: the caller repeats it, and there is one record. */
import { creations, idsNamed, newKey, post } from '../support/creations';
import type { Answer } from '../support/events';
import { losingReplies } from '../support/lossy-database';
import { callInOwnProcess, type Trouble } from '../support/own-process';
import { newProcessClock } from '../support/process-clock';
import { leavingNoTrace } from '../support/table-contents';

const functionNames = { 'POST /products': 'create-product', 'POST /categories': 'create-category' };

describe.each(creations)('$route', ({ route, newBody }) => {
  /** A request, first by way of a process that comes to grief, then again. */
  async function prepare() {
    const [key, body] = [newKey(), await newBody()];
    const request = { routeKey: route, body, headers: { 'idempotency-key': key } };
    return {
      name: body.name,
      inOwnProcess: (trouble: Trouble) => callInOwnProcess(functionNames[route], request, trouble),
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
    const { name, inOwnProcess, again } = await prepare();
    expect(await inOwnProcess({ killed: 'after' })).toEqual({ signal: 'SIGKILL', answer: undefined });
    await expectFirstRecord(again, name);
  });

  it('makes the first record when the handler was killed before its write', async () => {
    const { name, inOwnProcess, again } = await prepare();
    expect(await inOwnProcess({ killed: 'before' })).toEqual({ signal: 'SIGKILL', answer: undefined });
    expect(await idsNamed(name)).toEqual([]);
    const { status, headers, body } = await again();
    expect(status).toBe(201);
    expect(headers).not.toHaveProperty('idempotency-replayed');
    expect(await idsNamed(name)).toEqual([body.id]);
  });

  it.each([1, 2])(
    'answers 201, and not as a repetition, when the first %d of three replies got lost',
    async (count) => {
      const { name, inOwnProcess, again } = await prepare();
      const { result, lost } = await losingReplies(count, (endpoint) => inOwnProcess({ endpoint }));
      expect(lost).toBe(count);
      expect(result.answer).toMatchObject({ status: 201, body: { name } });
      expect(result.answer?.headers).not.toHaveProperty('idempotency-replayed');
      await expectFirstRecord(again, name);
    },
  );

  it('answers 503 when every reply of the database got lost, and the first record when asked again', async () => {
    const { name, inOwnProcess, again } = await prepare();
    const { result, lost } = await losingReplies(Infinity, (endpoint) => inOwnProcess({ endpoint }));
    expect(lost).toBe(3);
    expect(result.answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } });
    await expectFirstRecord(again, name);
  });

  it('answers 503 when its time is up after a reply that got lost, and the first record when asked again', async () => {
    const { name, inOwnProcess, again } = await prepare();
    const clock = newProcessClock();
    const { result, lost } = await losingReplies(
      Infinity,
      (endpoint) => inOwnProcess({ endpoint, clock }),
      () => clock.passTime(true),
    );
    expect(lost).toBe(1);
    expect(result.answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } });
    await expectFirstRecord(again, name);
  });
});
