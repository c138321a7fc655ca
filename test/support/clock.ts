/** The time of day as a test wants it; timers go on as they do. */

/** The time that the clock stands at, and how many calls hold it there. */
let [standing, calls] = ['', 0];

/** Calls `act` while the clock stands at this time (ISO 8601), which is also that of any call that is made meanwhile. */
export async function at<Result>(time: string, act: () => Promise<Result>): Promise<Result> {
  if (calls > 0 && time !== standing) throw new Error(`It is ${standing}, and can not be ${time} as well`);
  [standing, calls] = [time, calls + 1];
  const timers = [
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const;
  if (calls === 1)
    jest.useFakeTimers({
      now: new Date(time),
      doNotFake: [...timers, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'],
    });
  try {
    return await act();
  } finally {
    // Whoever still acts has signed at this time, say, and is answered at it.
    calls -= 1;
    if (calls === 0) jest.useRealTimers();
  }
}
