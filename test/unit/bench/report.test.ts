import { compose, show } from '../../../bench/report';

const figures = { text: 'What it is.', rows: [['a'], ['1']] };
const section = { name: 'warm', title: 'Warm' };

describe('show', () => {
  const bars = (measured: number, more = {}) =>
    show(section, [{ ...figures, bars: [{ what: 'CPU', bar: 1.1, stretch: 1, measured, ...more }] }], 'a day').split(
      '\n\n',
    );

  it('says how a section was measured before its tables, and what those are held against after them', () => {
    expect(show(section, [figures, { text: 'Another.', rows: [['b'], ['2']] }], 'a day')).toBe(
      '## Warm\n\nMeasured by `npm run bench -- warm` on a day.\n\n' +
        'What it is.\n\n| a |\n| - |\n| 1 |\n\nAnother.\n\n| b |\n| - |\n| 2 |',
    );
    expect(bars(1.05).at(-1)).toMatch(
      /^\| Held against \| bar +\|.*\n.*\n\| CPU +\| ≤ 1\.1 \| ≤ 1 +\| 1\.05 +\| yes \|$/,
    );
  });

  it.each([
    [1, {}, 'yes, and the stretch'],
    [1.1, {}, 'yes'],
    [1.11, {}, 'no'],
    [NaN, {}, 'no'],
    [1.09, { atLeast: true, stretch: 1.2 }, 'no'],
    [1.2, { atLeast: true, stretch: 1.2 }, 'yes, and the stretch'],
  ])('has of %d against 1.1, with %j: %s', (measured, more, met) => {
    expect(bars(measured, more).at(-1)?.split('|').at(-2)?.trim()).toBe(met);
  });

  it('gives the reason of a bar where it is missed, and only there', () => {
    expect(bars(2, { reason: 'It is the log.' }).at(-1)).toBe('Missed: It is the log.');
    expect(bars(1, { reason: 'It is the log.' }).join()).not.toContain('Missed');
  });
});

describe('compose', () => {
  const all = ['Cold', 'Bulk', 'Bulk, throttled', 'Cost'].map((title) => ({ title }));
  const page = '# Old\n\nOld.\n\n## Bulk, throttled\n\nB2\n\n## Gone\n\nG\n\n## Cold\n\nA\n';
  const titles = (text: string) => text.split('\n').filter((line) => line.startsWith('## '));

  it('puts a section in its place among those that stand there, in the order of all', () => {
    const composed = compose(page, all, { title: 'Bulk' }, '## Bulk\n\nnew\n');
    expect(titles(composed)).toEqual(['## Cold', '## Bulk', '## Bulk, throttled']);
    expect(composed).toContain('## Bulk, throttled\n\nB2');
  });

  it('replaces that section alone, where it stands there already', () => {
    const composed = compose(page, all, { title: 'Cold' }, '## Cold\n\nnew\n');
    expect(titles(composed)).toEqual(['## Cold', '## Bulk, throttled']);
    expect(composed).toContain('\n\nnew\n');
    expect(composed).not.toContain('\n\nA\n');
  });

  it('writes the introduction anew', () => {
    expect(compose(page, all, { title: 'Cost' }, '## Cost\n')).toMatch(/^# Benchmarks\n\nWhat `npm run bench` has/);
  });
});
