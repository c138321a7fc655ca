/** Times as `npm run events -- replay` takes them. */
import { readInstant } from '../../../../cli/events/replay';

it.each([
  ['2026-11-26', '2026-11-26T00:00:00.000Z'],
  ['2026-11-26T14:30Z', '2026-11-26T14:30:00.000Z'],
  ['2026-11-26T14:30:00.5Z', '2026-11-26T14:30:00.500Z'],
])('takes %s', (text, time) => expect(readInstant(text)).toBe(time));

it.each(['yesterday', '2026-02-31', '2026-11-26T14:30', '2026-11-26T25:00Z', '26.11.2026', ''])(
  'refuses %j, and says what would do',
  (text) => expect(() => readInstant(text)).toThrow('It must be as 2026-11-26 or 2026-11-26T14:30:00Z.'),
);
