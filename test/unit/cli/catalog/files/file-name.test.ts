import { catalogFile, rejectedFile } from '../../../../../cli/catalog/files/file-name';

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
    expect(catalogFile('shoes.csv', 'products').kind).toBe('products');
    expect(catalogFile('products.csv', 'categories').kind).toBe('categories');
  });

  it.each([
    ['products.xlsx', 'products.xlsx is neither .csv nor .json: give it one of these endings.'],
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
  ['data/products.csv', 'data/products.rejected.csv'],
  ['categories.JSON', 'categories.rejected.json'],
])('rejectedFile puts the rejected rows of %s into %s', (file, rejected) => {
  expect(rejectedFile(catalogFile(file))).toBe(rejected);
});
