/** The time of day as a test wants it; timers go on as they do. */

/** Calls `act` while the clock stands at this time (ISO 8601). */
export async function at<Result>(time: string, act: () => Promise<Result>): Promise<Result> {
  const timers = [
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const;
  jest.useFakeTimers({
    now: new Date(time),
    doNotFake: [...timers, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'],
  });
  try {
    return await act();
  } finally {
    jest.useRealTimers();
  }
}
