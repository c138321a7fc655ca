/** How the time of a run is shared by its steps: each takes all that it is given, or has nothing to do. */
/** Whether each step has more to do than there is time for, and how many seconds it took. */
const work = { waits: [true, true, true], seconds: [0, 0, 0] };

function mockStep(at: number) {
  return (isTime: () => boolean) => {
    const started = Date.now();
    while (work.waits[at] && isTime()) jest.setSystemTime(Date.now() + 1_000);
    work.seconds[at] = (Date.now() - started) / 1_000;
    return Promise.resolve({ count: 0, failed: 0, complete: !work.waits[at] });
  };
}
jest.mock('../../../src/sweep/waiting-uploads', () => ({ lookAgain: mockStep(0) }));
jest.mock('../../../src/sweep/late-uploads', () => ({ giveUpLateUploads: mockStep(1) }));
jest.mock('../../../src/sweep/left-files', () => ({ deleteLeftFiles: mockStep(2) }));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

// Of 320 s, 20 are for what has been begun.
it.each([
  [
    [true, true, true],
    [100, 100, 100],
  ],
  [
    [false, true, true],
    [0, 150, 150],
  ],
  [
    [true, false, true],
    [100, 0, 200],
  ],
  [
    [false, false, true],
    [0, 0, 300],
  ],
])('each step has its share of the time, and of what those before it have left: %j', async (waits, seconds) => {
  const { sweep } = await import('../../../src/sweep/sweep');
  work.waits = waits;
  await sweep(320_000);
  expect(work.seconds).toEqual(seconds);
});
