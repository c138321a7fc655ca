/** Local stack: the time from `npm start` to `Ready.` */
import { newSettings, npmStart, pressCtrlC } from '../test/support/npm-start';
import { median } from './quantiles';
import { rounds, type Part } from './section';

export async function localStack(): Promise<Part[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds(5); round += 1) seconds.push(await start());
  const measured = median(seconds);
  return [
    {
      text: 'From `npm start` in a clean folder until it says that it is ready: database, user pool and API.',
      rows: [
        ['starts', 'fastest', 'median', 'slowest'],
        [
          String(seconds.length),
          ...[Math.min(...seconds), measured, Math.max(...seconds)].map((time) => `${time.toFixed(1)} s`),
        ],
      ],
      bars: [{ what: '`npm start` to ready, in seconds', bar: 4, stretch: 3, measured }],
    },
  ];
}

async function start(): Promise<number> {
  const settings = await newSettings();
  const started = performance.now();
  const stack = npmStart(settings);
  await stack.ready;
  const seconds = (performance.now() - started) / 1000;
  pressCtrlC(stack);
  await stack.exit;
  return seconds;
}
