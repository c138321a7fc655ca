import { newId } from '../../../src/catalog/new-id';
import { ulidPattern } from '../../../src/catalog/ulid';

describe('newId', () => {
  const ids = Array.from({ length: 2_000 }, newId);

  it('makes ULIDs, no two of which are the same', () => {
    expect(ids.filter((id) => !ulidPattern.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  // As in the specification, https://github.com/ulid/spec.
  it('has the time at which it was made before all else', () => {
    jest.useFakeTimers({ now: 1_469_918_176_385 });
    const id = newId();
    jest.setSystemTime(Date.now() + 1);
    expect(newId() > id).toBe(true);
    jest.useRealTimers();
    expect(id.slice(0, 10)).toBe('01ARYZ6S41');
  });

  it('draws each of the sixteen characters that follow from the whole alphabet', () => {
    // That one of 32 is missing from 2,000 draws is as likely as one in 10²⁶.
    const drawn = Array.from({ length: 16 }, (_, at) => new Set(ids.map((id) => id[10 + at])).size);
    expect(drawn).toEqual(Array(16).fill(32));
  });
});
