/** What stands in addresses: ids, slugs and the limit of a page. */
import { ulid as newUlid } from 'ulid';
import * as z from 'zod/mini';
import { slug, ulid } from '../../../src/catalog/text';
import { pageLimit } from '../../../src/catalog/page-limit';

const accepts = (schema: z.ZodMiniType, value: unknown) => z.safeParse(schema, value).success;

describe('ulid', () => {
  it.each([newUlid(), newUlid(0), '00000000000000000000000000', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'])(
    'accepts %s',
    (value) => {
      expect(z.parse(ulid, value)).toBe(value);
    },
  );

  it.each([
    '',
    'x',
    '01arz3ndektsv4rrffq69g5fav',
    '01ARZ3NDEKTSV4RRFFQ69G5FA',
    '01ARZ3NDEKTSV4RRFFQ69G5FAVX',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV\n',
    ' 01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '81ARZ3NDEKTSV4RRFFQ69G5FAV',
    '01ARZ3NDEKTSV4RRFFQ69G5FAI',
    '01ARZ3NDEKTSV4RRFFQ69G5FAL',
    '01ARZ3NDEKTSV4RRFFQ69G5FAO',
    '01ARZ3NDEKTSV4RRFFQ69G5FAU',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    1,
    null,
  ])('refuses %j', (value) => {
    expect(accepts(ulid, value)).toBe(false);
  });
});

describe('slug', () => {
  it.each(['a', '1', 'red-shoe', '2-in-1', 'x'.repeat(200)])('accepts %s', (value) => {
    expect(z.parse(slug, value)).toBe(value);
  });

  it.each(['', '-', '-a', 'a-', 'a--b', 'Red', 'ä', 'a b', 'a_b', 'a.b', 'a/b', 'a\n', 'x'.repeat(201), 1, null])(
    'refuses %j',
    (value) => {
      expect(accepts(slug, value)).toBe(false);
    },
  );
});

describe('pageLimit', () => {
  it.each([
    [undefined, 25],
    ['1', 1],
    ['9', 9],
    ['25', 25],
    ['99', 99],
    ['100', 100],
  ])('reads %j as %d', (value, limit) => {
    expect(z.parse(pageLimit, value)).toBe(limit);
  });

  it.each([
    '0',
    '101',
    '1000',
    'abc',
    '',
    ' 1',
    '1 ',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e1',
    '0x1',
    '１',
    '1\n',
    '1,2',
    1,
    null,
  ])('refuses %j', (value) => {
    expect(accepts(pageLimit, value)).toBe(false);
  });
});
