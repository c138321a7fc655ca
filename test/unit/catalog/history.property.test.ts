/** A history leads to what is there, whatever two records are. */
import fc from 'fast-check';
import { contentBefore, historyEntry } from '../../../src/catalog/history';
import { anyCharacter } from '../../support/any-character';
import { rounds } from '../../support/depth';
import { contentOf, rebuild } from '../../support/histories';

const awkwardNames = ['a/b~c', '~', '/', '~0', '~1', '~01', '0', '-1', 'constructor', 'toString', 'before', '/pointer'];
const text = fc.oneof(fc.string({ maxLength: 3 }), fc.string({ unit: anyCharacter, maxLength: 3 }));
const name = fc.oneof(fc.constantFrom(...awkwardNames), fc.constantFrom('a', 'b', 'c'), text);

/** The fields of a product that differ in kind: always there, at times there, numbers, and fields of fields. */
const record = fc.record(
  {
    name: text,
    price: fc.record(
      { amount: fc.nat({ max: 2 }), currency: fc.constantFrom('EUR', 'USD') },
      { noNullPrototype: true },
    ),
    stockCount: fc.nat({ max: 2 }),
    description: text,
    attributes: fc.dictionary(name, fc.oneof(fc.constantFrom('', 'x'), text), { maxKeys: 6, noNullPrototype: true }),
  },
  { requiredKeys: ['name', 'price', 'stockCount'], noNullPrototype: true },
);

const runs = { numRuns: rounds(500) };
const stampOf = (version: number) => ({ version, updatedAt: '2026-01-02T03:04:05.678Z', updatedBy: 'anna' });
const fieldsOf = (content: object) => new Map(Object.entries(contentOf(content)));

describe('historyEntry', () => {
  it('of an update leads from the first record to the second', () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        const created = historyEntry('created', stampOf(1), { after: before });
        const updated = historyEntry('updated', stampOf(2), { before, after });
        expect(rebuild([created])).toStrictEqual(contentOf(before));
        expect(rebuild([created, updated])).toStrictEqual(contentOf(after));
      }),
      runs,
    );
  });

  it('lists what differs, once each, and nothing else', () => {
    fc.assert(
      fc.property(record, record, (before, after) => {
        const [was, is] = [fieldsOf(before), fieldsOf(after)];
        const differing = [...new Set([...was.keys(), ...is.keys()])].filter(
          (pointer) => JSON.stringify(was.get(pointer)) !== JSON.stringify(is.get(pointer)),
        );
        const { changes } = historyEntry('updated', stampOf(2), { before, after });
        expect(changes.map(({ pointer }) => pointer).sort()).toEqual(differing.sort());
      }),
      runs,
    );
  });

  it('lists nothing where a record stays as it is', () => {
    fc.assert(
      fc.property(record, (before) => {
        const after = Object.fromEntries(Object.entries(structuredClone(before)).reverse());
        expect(historyEntry('updated', stampOf(2), { before, after }).changes).toEqual([]);
      }),
      runs,
    );
  });
});

describe('contentBefore', () => {
  it('gives back exactly what was deleted', () => {
    fc.assert(
      fc.property(record, (before) => {
        expect(contentBefore(historyEntry('deleted', stampOf(2), { before }))).toStrictEqual(before);
      }),
      runs,
    );
  });
});
