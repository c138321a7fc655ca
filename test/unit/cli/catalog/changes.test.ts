import type { FieldChange } from '../../../../cli/catalog/api/outcome';
import { describeChanges } from '../../../../cli/catalog/changes';

const eur = { price: { currency: 'EUR' } };

const picture = (id: string, alt: string) => ({ id, type: 'image/png', alt, width: 480, height: 360 });

describe('describeChanges', () => {
  it.each<[string, Record<string, unknown>, FieldChange[], string[]]>([
    ['text', {}, [{ pointer: '/name', before: 'Shoe', after: 'Red "shoe"' }], ['name "Shoe" → "Red \\"shoe\\""']],
    ['what was not there', {}, [{ pointer: '/description', after: 'Red' }], ['description none → "Red"']],
    ['what is no more', {}, [{ pointer: '/description', before: '' }], ['description "" → none']],
    ['numbers', {}, [{ pointer: '/stockCount', before: 1, after: 0 }], ['stockCount 1 → 0']],
    ['attributes', {}, [{ pointer: '/attributes/a~1b', before: 'x', after: 'y' }], ['attributes/a/b "x" → "y"']],
    ['a category', {}, [{ pointer: '/categoryId', before: '1', after: '2' }], ['category <1> → <2>']],
    [
      'each picture of which something else is said',
      {},
      [
        {
          pointer: '/images',
          before: [picture('1', 'Red'), picture('2', 'Blue'), picture('3', '')],
          after: [picture('1', 'Red'), picture('2', 'Dark blue'), picture('3', 'Green')],
        },
      ],
      ['picture 2 "Blue" → "Dark blue"', 'picture 3 "" → "Green"'],
    ],
    ['a price', eur, [{ pointer: '/price/amount', before: 1999, after: 2000 }], ['price 19.99 → 20.00 EUR']],
    ['a price in an unknown currency', {}, [{ pointer: '/price/amount', before: 1, after: 2 }], ['amount 1 → 2']],
    [
      'a price and its currency',
      { price: { currency: 'JPY' } },
      [
        { pointer: '/price/amount', before: 1999, after: 2000 },
        { pointer: '/price/currency', before: 'EUR', after: 'JPY' },
      ],
      ['price 19.99 EUR → 2000 JPY'],
    ],
    ['a currency', eur, [{ pointer: '/price/currency', before: 'USD', after: 'EUR' }], ['currency "USD" → "EUR"']],
    ['long text', {}, [{ pointer: '/name', before: 'x'.repeat(99), after: 'y' }], [`name "${'x'.repeat(59)}… → "y"`]],
  ])('says what %s was and would be', (_, fields, changes, texts) => {
    const context = { fields, category: (id: unknown) => `<${String(id)}>` };
    expect(describeChanges(changes, context)).toEqual(texts);
  });
});
