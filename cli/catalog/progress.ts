/** How far a long command is: a line on stderr, rewritten in a terminal, and repeated every few seconds elsewhere. */

export interface Progress {
  /** As long as nobody has said how many there will be, no time left is shown. */
  expect: (total: number) => void;
  add: () => void;
  /** Takes the line away, and says what there was, in how long. */
  end: () => string;
}

const clearLine = '\r\u001b[K';

/** Without a stream, it is told at the end alone. */
export function startProgress(stream?: NodeJS.WriteStream): Progress {
  const start = performance.now();
  let total: number | undefined;
  let done = 0;
  const seconds = () => (performance.now() - start) / 1_000;
  const show = () => {
    const text = progressText(done, total, seconds());
    stream?.write(stream.isTTY ? `${clearLine}${text}` : `${text}\n`);
  };
  const timer = setInterval(show, stream?.isTTY ? 200 : 5_000);
  return {
    expect: (number) => {
      total = number;
    },
    add: () => {
      done += 1;
    },
    end: () => {
      clearInterval(timer);
      if (stream?.isTTY) stream.write(clearLine);
      return `${grouped(done)} in ${seconds().toFixed(1)} s (${speed(done, seconds())})`;
    },
  };
}

export function progressText(done: number, total: number | undefined, seconds: number): string {
  if (total === undefined) return `${grouped(done)}, ${speed(done, seconds)}`;
  const share = total === 0 ? 100 : Math.floor((done / total) * 100);
  const left = done > 0 && done < total ? `, ${duration(((total - done) / done) * seconds)} left` : '';
  return `${grouped(done)} of ${grouped(total)} (${share} %), ${speed(done, seconds)}${left}`;
}

const grouped = (number: number) => number.toLocaleString('en');

function speed(done: number, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  return `${rate < 10 ? rate.toFixed(1) : grouped(Math.round(rate))} per second`;
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
