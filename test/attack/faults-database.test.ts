/** A database that dies, is late, throttles or breaks off: nothing acknowledged is lost, and every answer says what is so. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from '../../local/processes/ports';
import { type Service } from '../../local/processes/processes';
import { startEngine } from '../support/engine';
import { eventually } from '../support/eventually';
import { faultyDatabase, type Fault, type FaultyDatabase } from '../support/faulty-database';
import { expectEachOnce, newWrites, post, writeAll } from '../support/keyed-writes';
import { ownFolder, startOwnStack, type OwnStack } from '../support/own-stack';
import { expectSoundStack } from '../support/sound-stack';

let folder: string;
let own: OwnStack;
/** The stack finds its database on the first of these: the engine itself, or what is in front of it. */
let ports: [number, number];
let engine: Service;

beforeAll(async () => {
  folder = ownFolder('faults');
  const [first = 0, second = 0] = await freePorts(2);
  ports = [first, second];
  engine = await startEngine(first, folder);
  own = await startOwnStack('faults', { DYNAMODB_ENDPOINT: `http://127.0.0.1:${first}` });
});

afterAll(async () => {
  await own.stop();
  await engine.stop();
});

it('POST /products loses nothing acknowledged and does nothing twice, over four kills of the database among 200 writes', async () => {
  const writes = await newWrites(own.info, 200);
  let kills = 0;
  let [isRefused, back] = [() => {}, Promise.resolve()];
  const restart = async () => {
    const refusal = new Promise<void>((resolve) => (isRefused = resolve));
    await engine.stop();
    // The other five have something under way, or begin with it now.
    await refusal;
    engine = await startEngine(ports[0], folder);
  };
  const after = (acknowledged: number) => {
    if (acknowledged !== 20 * (kills + 1) || kills === 4) return back;
    kills += 1;
    back = restart();
    return back;
  };
  const refused = () => {
    isRefused();
    return back;
  };
  await writeAll(own.info, writes, 6, { after, refused });
  expect(kills).toBe(4);
  const unacknowledged = writes.filter((write) => !write.acknowledged).length;
  expect(unacknowledged).toBeGreaterThan(0);
  await expectEachOnce(own.info, writes);
  await expectSoundStack(own.info);
});

describe('with a faulty database', () => {
  let database: FaultyDatabase;

  beforeAll(async () => {
    await engine.stop();
    engine = await startEngine(ports[1], folder);
    database = await faultyDatabase(ports[0], `http://127.0.0.1:${ports[1]}`);
  });

  afterAll(() => database.stop());

  it('POST /products answers 503 itself before the function’s time is over, where no other try could end by then', async () => {
    const writes = await newWrites(own.info, 2);
    const [first, second] = writes;
    if (!first || !second) throw new Error('There are two writes');
    // Takes the slug that the other one will try first, which makes that two transactions long.
    second.body.name = first.body.name;
    expect((await post(own.info, first)).status).toBe(201);

    // Each transaction is answered at its third try alone, after 2 + 2 seconds: for that of the second there is no time left.
    let requests = 0;
    database.fail((count) => {
      requests = count + 1;
      return count % 3 === 2 ? { late: 0 } : 'silence';
    });
    const { status, headers, body } = await post(own.info, second);
    database.fail(() => ({ late: 0 }));
    expect({ status, code: body.code, retryAfter: headers['retry-after'] }).toEqual({
      status: 503,
      code: 'busy',
      retryAfter: '1',
    });
    const log = path.join(folder, 'logs', 'api.log');
    const line = await eventually('line about it in the log', () =>
      readFileSync(log, 'utf8').match(/"status":503,.*"milliseconds":(\d+),.*"cause":"DeadlineError"/),
    );
    expect(Number(line[1])).toBeGreaterThan(6_000);
    // All tries of the first, and two of the second: a third would have been answered, and ended after eight seconds at best.
    expect(requests).toBeLessThanOrEqual(5);
    await expectEachOnce(own.info, writes);
  });

  // The functions wait for a reply for two seconds, and ask three times.
  const troubles: [string, (count: number) => Fault][] = [
    ['is late, now and then too late', (count) => ({ late: count % 4 === 0 ? 2_500 : 100 })],
    ['throttles two requests of three', (count) => (count % 3 === 0 ? { late: 0 } : 'throttling')],
    ['breaks off halfway through every second reply', (count) => (count % 2 === 0 ? 'half a reply' : { late: 0 })],
    ['breaks off halfway through every reply', () => 'half a reply'],
  ];

  it.each(troubles)(
    'POST /products answers 201 or 503, and does each write once, when the database %s',
    async (_, faultOf) => {
      const writes = await newWrites(own.info, 40);
      database.fail(faultOf);
      await writeAll(own.info, writes, 8);
      expect(database.faults()).toBeGreaterThan(0);
      database.fail(() => ({ late: 0 }));
      await expectEachOnce(own.info, writes);
      await expectSoundStack(own.info);
    },
  );
});

it('each of these was answered within the time that a function has', () => {
  const lines = readFileSync(path.join(folder, 'logs', 'api.log'), 'utf8').split('\n');
  // Which has ended by its deadline is looked at above.
  const times = lines.flatMap((line) => {
    const [, milliseconds] = /"route":"POST \/products",.*"milliseconds":(\d+)/.exec(line) ?? [];
    return milliseconds === undefined || line.includes('"DeadlineError"') ? [] : [Number(milliseconds)];
  });
  expect(times.length).toBeGreaterThan(300);
  expect(Math.max(...times)).toBeLessThan(10_000);
});
