import * as z from 'zod/mini';
import { contentBefore, historyEntry, type Change } from '../../../src/catalog/history';
import { historyQuery } from '../../../src/catalog/history-query';

const stamp = { version: 7, updatedAt: '2026-01-02T03:04:05.678Z', updatedBy: 'anna' };
const changesOf = (before: object, after: object) =>
  historyEntry('updated', stamp, { before: { ...before }, after: { ...after } }).changes;

describe('historyEntry', () => {
  it('says who made which version of it, when, and how', () => {
    const entry = historyEntry('created', stamp, { after: { name: 'Shoe' } });
    expect(entry).toStrictEqual({
      version: 7,
      action: 'created',
      at: stamp.updatedAt,
      by: 'anna',
      changes: [{ pointer: '/name', after: 'Shoe' }],
    });
  });

  it.each<[string, object, object, Change[]]>([
    ['nothing for what is equal', { name: 'Shoe', stockCount: 0 }, { stockCount: 0, name: 'Shoe' }, []],
    [
      'a change by both values',
      { stockCount: 0 },
      { stockCount: 1 },
      [{ pointer: '/stockCount', before: 0, after: 1 }],
    ],
    ['a new field without a before', {}, { name: 'Shoe' }, [{ pointer: '/name', after: 'Shoe' }]],
    ['a field that goes without an after', { name: 'Shoe' }, {}, [{ pointer: '/name', before: 'Shoe' }]],
    ['an undefined field as one that is not there', { name: undefined, slug: 'a' }, { slug: 'a' }, []],
    ['empty text apart from none', {}, { description: '' }, [{ pointer: '/description', after: '' }]],
    ['text that becomes empty', { name: 'a' }, { name: '' }, [{ pointer: '/name', before: 'a', after: '' }]],
    ['text apart from the number', { size: 42 }, { size: '42' }, [{ pointer: '/size', before: 42, after: '42' }]],
    [
      'a field of a field by itself',
      { price: { amount: 1, currency: 'EUR' } },
      { price: { amount: 2, currency: 'EUR' } },
      [{ pointer: '/price/amount', before: 1, after: 2 }],
    ],
    ['nothing for an object that stays empty', { attributes: {} }, { attributes: {} }, []],
    ['an empty object that comes', {}, { attributes: {} }, [{ pointer: '/attributes', after: {} }]],
    ['an empty object that goes', { attributes: {} }, {}, [{ pointer: '/attributes', before: {} }]],
    [
      'an object that gets its first field',
      { attributes: {} },
      { attributes: { size: '42' } },
      [
        { pointer: '/attributes', before: {} },
        { pointer: '/attributes/size', after: '42' },
      ],
    ],
    [
      'an object that loses its last field and stays',
      { attributes: { size: '42' } },
      { attributes: {} },
      [
        { pointer: '/attributes/size', before: '42' },
        { pointer: '/attributes', after: {} },
      ],
    ],
    ['an object that goes', { attributes: { a: '1' } }, {}, [{ pointer: '/attributes/a', before: '1' }]],
  ])('tells %s', (_, before, after, changes) => {
    expect(changesOf(before, after)).toStrictEqual(changes);
  });

  it.each([
    ['a/b', '/attributes/a~1b'],
    ['a~b', '/attributes/a~0b'],
    ['~1', '/attributes/~01'],
    ['/~', '/attributes/~1~0'],
    ['0', '/attributes/0'],
    ['constructor', '/attributes/constructor'],
    ['toString', '/attributes/toString'],
    [' ', '/attributes/ '],
  ])('points at the attribute %j as RFC 6901 has it', (name, pointer) => {
    expect(changesOf({ attributes: {} }, { attributes: { [name]: 'x' } })).toContainEqual({ pointer, after: 'x' });
  });
});

describe('contentBefore', () => {
  it('puts together what a deletion took away', () => {
    const content = {
      name: 'Shoe',
      description: '',
      price: { amount: 0, currency: 'EUR' },
      attributes: { 'a/b~c': '1', '~1': '2', '~01': '3', constructor: '4', 0: '5', toString: '6' },
    };
    expect(contentBefore(historyEntry('deleted', stamp, { before: content }))).toStrictEqual(content);
  });

  it('keeps an object without fields, and leaves out one that was not there', () => {
    const content = { name: 'Shoe', attributes: {} };
    const before = { ...content, description: undefined };
    expect(contentBefore(historyEntry('deleted', stamp, { before }))).toStrictEqual(content);
  });
});

describe('historyQuery', () => {
  it.each<[Record<string, string>, object]>([
    [{}, { limit: 25 }],
    [{ limit: '100' }, { limit: 100 }],
    [{ nextToken: '1' }, { nextToken: '1', limit: 25 }],
    [{ nextToken: '9999999999' }, { nextToken: '9999999999', limit: 25 }],
  ])('reads %j', (query, parsed) => {
    expect(z.parse(historyQuery, query)).toEqual(parsed);
  });

  it.each<object>([
    { nextToken: '' },
    { nextToken: '0' },
    { nextToken: '01' },
    { nextToken: '-1' },
    { nextToken: '1.5' },
    { nextToken: '1e3' },
    { nextToken: ' 1' },
    { nextToken: '1\n' },
    { nextToken: '١' },
    { nextToken: 'abc' },
    { nextToken: '12345678901' },
    { limit: '0' },
    { limit: '101' },
    { after: '1' },
    { constructor: 'x' },
  ])('refuses %j', (query) => {
    expect(z.safeParse(historyQuery, query).success).toBe(false);
  });
});
