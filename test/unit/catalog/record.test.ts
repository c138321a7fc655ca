import { firstVersion, nextVersion, requireVersion } from '../../../src/catalog/record';
import { staleVersion } from '../../../src/errors';

const created = '2026-01-02T03:04:05.678Z';
const changed = '2026-02-03T04:05:06.789Z';

beforeEach(() => jest.useFakeTimers({ now: new Date(created) }));
afterEach(() => jest.useRealTimers());

describe('record fields', () => {
  it('start at version 1, written by the author now', () => {
    expect(firstVersion('anna')).toEqual({
      version: 1,
      createdAt: created,
      createdBy: 'anna',
      updatedAt: created,
      updatedBy: 'anna',
    });
  });

  it('count a change and keep who created the record', () => {
    const first = firstVersion('anna');
    jest.setSystemTime(new Date(changed));
    expect(nextVersion(first, 'ben')).toEqual({
      version: 2,
      createdAt: created,
      createdBy: 'anna',
      updatedAt: changed,
      updatedBy: 'ben',
    });
  });
});

describe('requireVersion', () => {
  const third = { ...firstVersion('anna'), version: 3 };

  it.each([undefined, 3])('accepts version 3 where %s is expected', (expected) => {
    expect(() => requireVersion(third, expected)).not.toThrow();
  });

  it.each([0, 1, 2, 4])('refuses version 3 where %s is expected, and says which it is', (expected) => {
    expect(() => requireVersion(third, expected)).toThrow(expect.objectContaining(staleVersion(3)));
  });
});
