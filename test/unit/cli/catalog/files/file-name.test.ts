import { catalogFile, rejectedFiles } from '../../../../../cli/catalog/files/file-name';

describe('catalogFile', () => {
  it.each([
    ['products.csv', 'products', 'csv'],
    ['/data/2026/Products 2026-11.JSON', 'products', 'json'],
    ['products.rejected.csv', 'products', 'csv'],
    ['categories.json', 'categories', 'json'],
  ])('takes %s for %s as %s', (file, kind, format) => {
    expect(catalogFile(file)).toEqual({ path: file, kind, format });
  });

  it('takes the kind that is given, whatever the name is', () => {
    expect(catalogFile('shoes.csv', { kind: 'products' }).kind).toBe('products');
    expect(catalogFile('products.csv', { kind: 'categories' }).kind).toBe('categories');
  });

  it('takes the format that is given, whatever the name ends with', () => {
    expect(catalogFile('products.txt', { format: 'csv' })).toEqual({
      path: 'products.txt',
      kind: 'products',
      format: 'csv',
    });
    expect(catalogFile('products.csv', { format: 'json' }).format).toBe('json');
  });

  it.each([
    [
      'products.xlsx',
      'products.xlsx is neither .csv nor .json: save it as one of them, or say by --format which it is.',
    ],
    ['products', 'products is neither .csv nor .json'],
    ['-', '- is neither .csv nor .json'],
    ['shoes.csv', 'Does shoes.csv hold products or categories? Begin its name with one of them, or say --kind.'],
    ['products/shoes.csv', 'Does products/shoes.csv hold products or categories?'],
  ])('fails for %s', (file, message) => {
    expect(() => catalogFile(file)).toThrow(
      expect.objectContaining({ name: 'Failure', message: expect.stringContaining(message) }),
    );
  });
});

it.each([
  ['data/products.csv', 'data/products.rejected.csv', 'data/products.rejected-2.csv'],
  ['categories.JSON', 'categories.rejected.JSON', 'categories.rejected-2.JSON'],
  ['products.rejected.csv', 'products.rejected.csv', 'products.rejected-2.csv'],
  ['products.rejected-7.csv', 'products.rejected.csv', 'products.rejected-2.csv'],
])('rejectedFiles has names for the rejected rows of %s: %s, %s, and more', (file, first, second) => {
  const names = rejectedFiles(catalogFile(file));
  expect([names.next().value, names.next().value]).toEqual([first, second]);
});
