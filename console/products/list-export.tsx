/** All products that the filters show, as a file. */
import { answerOf, api, type Category, type Product } from '../api/client';
import { ExportButtons } from '../files/export-buttons';
import { arrived } from '../files/part';
import type { Page } from '../ui/pages';

interface Props {
  ask: (nextToken: string) => Promise<Page<Product>>;
  categories: readonly Category[];
}

/** Those that are newer than the list of categories. Throws `Problem` for one that is gone. */
const missing = (products: readonly Product[], categories: readonly Category[]): Promise<Category[]> => {
  const known = new Set(categories.map(({ id }) => id));
  const ids = new Set(products.map(({ categoryId }) => categoryId).filter((id) => !known.has(id)));
  return Promise.all(
    [...ids].map((categoryId) => answerOf(api.GET('/categories/{categoryId}', { params: { path: { categoryId } } }))),
  );
};

/** Page by page; there is no file before there are all. */
export function ProductExport({ ask, categories }: Props) {
  return (
    <ExportButtons
      kind="products"
      make={async (format) => {
        const { productFile } = await arrived(import('../files/export'));
        // A product that changes place while it is read comes once, as it was read last.
        const found = new Map<string, Product>();
        let nextToken: string | undefined = '';
        while (nextToken !== undefined) {
          const page: Page<Product> = await ask(nextToken);
          for (const product of page.items) found.set(product.id, product);
          ({ nextToken } = page);
        }
        const products = [...found.values()];
        const known = [...categories, ...(await missing(products, categories))];
        return { text: productFile(products, known, format), count: products.length };
      }}
    />
  );
}
