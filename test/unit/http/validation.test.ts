import * as z from 'zod/mini';
import { ApplicationError, type FieldError } from '../../../src/errors';
import { validate, type Schema } from '../../../src/http/validation';

const errorsOf = (schema: Schema<unknown>, value: unknown, where: FieldError['in'] = 'body'): FieldError[] => {
  try {
    validate(schema, value, where);
  } catch (error) {
    if (error instanceof ApplicationError && error.code === 'invalid_request') return error.facts.errors ?? [];
    throw error;
  }
  return [];
};

const pointersOf = (schema: Schema<unknown>, value: unknown) => errorsOf(schema, value).map(({ pointer }) => pointer);

const small = z.strictObject({ a: z.optional(z.string()) });

describe('validate', () => {
  it('answers what the schema makes of the value', () => {
    const schema = z.strictObject({ limit: z._default(z.number(), 25) });
    expect(validate(schema, {}, 'query')).toEqual({ limit: 25 });
  });

  it.each<[string, Schema<unknown>, unknown, string[]]>([
    ['a field', small, { a: 1 }, ['/a']],
    ['a missing field', z.strictObject({ a: z.string() }), {}, ['/a']],
    [
      'a field in a field',
      z.strictObject({ price: z.strictObject({ amount: z.int() }) }),
      { price: { amount: 'x' } },
      ['/price/amount'],
    ],
    ['a number of more than 53 bits that has no other bound', z.strictObject({ a: z.int() }), { a: 1e20 }, ['/a']],
    ['a place in a list', z.array(z.string()), ['a', 1], ['/1']],
    ['several fields', z.strictObject({ a: z.string(), b: z.string() }), { a: 1, b: 2 }, ['/a', '/b']],
    ['the whole value', small, [], ['']],
    ['an unknown field', small, { b: 1 }, ['/b']],
    ['each unknown field', small, { b: 1, c: 2 }, ['/b', '/c']],
    ['an unknown field in a field', z.strictObject({ price: small }), { price: { b: 1 } }, ['/price/b']],
    ['a name with a tilde', small, { 'a~b': 1 }, ['/a~0b']],
    ['a name with a slash', small, { 'a/b': 1 }, ['/a~1b']],
    ['a name that looks escaped', small, { '~1/~0': 1 }, ['/~01~1~00']],
    ['an empty name', small, { '': 1 }, ['/']],
    ['a __proto__ member', small, JSON.parse('{"__proto__":{"a":"x"}}'), ['/__proto__']],
    ['a constructor member', small, { constructor: 1 }, ['/constructor']],
    ['a refused key', z.record(z.string().check(z.maxLength(1)), z.string()), { long: 'x' }, ['/long']],
  ])('points at %s', (_, schema, value, pointers) => {
    expect(pointersOf(schema, value)).toEqual(pointers);
  });

  it.each(['body', 'path', 'query', 'header'] as const)('names the part of the request: %s', (where) => {
    expect(errorsOf(small, { a: 1 }, where)).toMatchObject([{ in: where, pointer: '/a' }]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown field', { b: 1 }, 'is not a known field: there are a, price'],
    ['an unknown field of a field', { price: { b: 1 } }, 'is not a known field: there are amount, currency'],
    ['a wrong type', { a: 1 }, 'must be text'],
    ['no object', null, 'must be an object with a, price'],
  ])('says why for %s', (_, value, detail) => {
    const price = z.strictObject({ amount: z.optional(z.int()), currency: z.optional(z.string()) });
    expect(errorsOf(z.extend(small, { price: z.optional(price) }), value)).toMatchObject([{ detail }]);
  });

  it.each<[string, Schema<unknown>, unknown, string]>([
    ['text that breaks two rules', z.string().check(z.minLength(1, 'one'), z.regex(/./, 'two')), '', 'one'],
    ['text for a list that must not be empty', z.array(small).check(z.minLength(1)), '', 'must be a list'],
    ['a number beyond its bound and 53 bits', z.int().check(z.lte(9)), 1e20, 'must be at most 9'],
  ])('gives one reason for %s', (_, schema, value, detail) => {
    expect(errorsOf(z.strictObject({ a: schema }), { a: value })).toEqual([{ in: 'body', pointer: '/a', detail }]);
  });

  it('says why a key is refused', () => {
    const schema = z.record(z.string().check(z.maxLength(1, 'is too long')), z.string());
    expect(errorsOf(schema, { long: 'x' })).toMatchObject([{ detail: 'is too long' }]);
  });

  it.each([19, 20, 21, 5_000])('tells of 20 errors at most, of %d', (count) => {
    const fields = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, 1]));
    expect(errorsOf(small, fields)).toHaveLength(Math.min(count, 20));
    expect(
      errorsOf(
        z.array(z.string()),
        Array.from({ length: count }, () => 1),
      ),
    ).toHaveLength(Math.min(count, 20));
  });

  it('cuts overlong names', () => {
    expect(pointersOf(small, { ['x'.repeat(50_000)]: 1 })).toEqual([`/${'x'.repeat(100)}`]);
  });
});
