import { kindOf } from '../../../src/changes/change-store';

it.each(['product', 'category'])('kindOf tells a %s by its key', (kind) => {
  expect(kindOf(`${kind.toUpperCase()}#01ARZ3NDEKTSV4RRFFQ69G5FAV`)).toBe(kind);
});

it('kindOf refuses the key of what is no record, which would be told of as a category', () => {
  expect(() => kindOf('BRAND#01ARZ3NDEKTSV4RRFFQ69G5FAV')).toThrow('No kind of record has the key BRAND#');
});
