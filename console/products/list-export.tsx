/** All products that the filters show, as a file. */
import { useQueryClient } from '@tanstack/react-query';
import { categoriesQuery } from '../api/categories';
import { answerOf, api, type Category, type Product } from '../api/client';
import { ExportButtons } from '../files/export-buttons';
import { arrived } from '../files/part';
import type { Page } from '../ui/pages';

interface Props {
  ask: (nextToken: string) => Promise<Page<Product>>;
}

/** Those of the products that the list of categories does not have yet. Throws `Problem` for one that is gone. */
async function missing(products: readonly Product[], listed: readonly Category[]): Promise<Category[]> {
  const known = new Set(listed.map(({ id }) => id));
  const ids = new Set(products.map(({ categoryId }) => categoryId).filter((id) => !known.has(id)));
  const found: Category[] = [];
  for (const categoryId of ids) {
    found.push(await answerOf(api.GET('/categories/{categoryId}', { params: { path: { categoryId } } })));
  }
  return found;
}

/** Page by page; there is no file before there are all. */
export function ProductExport({ ask }: Props) {
  const queries = useQueryClient();
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
        const listed = await queries.query(categoriesQuery);
        const known = [...listed, ...(await missing(products, listed))];
        return { text: productFile(products, known, format), count: products.length };
      }}
    />
  );
}
