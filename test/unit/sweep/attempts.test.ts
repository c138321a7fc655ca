/** Attempts that fail or hang, among others. */
import { withinDeadline } from '../../../src/deadline';
import { attemptEach } from '../../../src/sweep/attempts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const items = Array.from({ length: 30 }, (_, at) => at);
const nameOf = (item: number) => ({ item: String(item) });

it('all others are made where some fail and some never come to an end', async () => {
  const made: number[] = [];
  const attempts = attemptEach(
    items,
    () => true,
    nameOf,
    (item) => {
      if (item === 3) return Promise.reject(new Error('It cannot be done'));
      if (item === 5) return new Promise(() => {});
      made.push(item);
      return Promise.resolve();
    },
  );
  await jest.advanceTimersByTimeAsync(9_999);
  expect(await attempts).toEqual({ failed: [3, 5], left: [] });
  expect(made).toEqual(items.filter((item) => item !== 3 && item !== 5));
});

it('those are left that there is no time for', async () => {
  let made = 0;
  const attempts = attemptEach(
    items,
    () => made < 12,
    nameOf,
    () => Promise.resolve(void (made += 1)),
  );
  expect(await attempts).toEqual({ failed: [], left: items.slice(12) });
});

it('none is said to have failed where the run is over', async () => {
  const run = withinDeadline(1_000, () =>
    attemptEach(
      items,
      () => true,
      nameOf,
      () => new Promise(() => {}),
    ),
  );
  const outcome = run.catch((error: unknown) => error);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(await outcome).toHaveProperty('name', 'DeadlineError');
});
