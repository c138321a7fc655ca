/** The catalogue as a few maps: what there is, what there was, and what derives from both. */
import type { Category, Product } from '../representations';

export type Version = { version: number; action: 'created' | 'updated' | 'deleted' | 'restored'; by: string };
export type StoredCategory = Omit<Category, 'productCount'>;

export interface Catalogue {
  products: Map<string, Product>;
  categories: Map<string, StoredCategory>;
  /** Deleted products as they were. */
  deleted: Map<string, Product>;
  /** What was done to every record that ever was, oldest first. */
  past: Map<string, Version[]>;
  /** What each caller's idempotency keys stand for: the request, and the record that it made. */
  kept: Map<string, { request: CatalogueRequest; record: Product | Category }>;
}

/** A request as it is sent. */
export interface CatalogueRequest {
  /** As in serverless.yml: `PATCH /products/{productId}`. */
  route: string;
  caller: string;
  id?: string | undefined;
  query?: Record<string, string> | undefined;
  // Bodies of every route; the rules know which fields theirs has.
  body?: object | undefined;
  ifMatch?: string | undefined;
  key?: string | undefined;
}

export const emptyCatalogue = (): Catalogue => ({
  products: new Map(),
  categories: new Map(),
  deleted: new Map(),
  past: new Map(),
  kept: new Map(),
});

/** How many products a category has, of one status or all. */
export const countOf = (catalogue: Catalogue, categoryId: string, status?: Product['status']) =>
  productsIn(catalogue, categoryId, status).length;

export const withCount = (catalogue: Catalogue, category: StoredCategory): Category => ({
  ...category,
  productCount: countOf(catalogue, category.id, 'active'),
});

/** The products of a category, of one status or all, newest first. */
export const productsIn = ({ products }: Catalogue, categoryId: string, status?: Product['status']): Product[] =>
  [...products.values()]
    .filter((product) => product.categoryId === categoryId && (status === undefined || product.status === status))
    .sort((a, b) => (a.id < b.id ? 1 : -1));

/** Whether another record than the one of this id has the value. */
export function isTaken<Item extends { id: string }>(
  records: ReadonlyMap<string, Item>,
  field: keyof Item,
  value: unknown,
  id: string,
): boolean {
  return [...records.values()].some((record) => record.id !== id && record[field] === value);
}

/** What the names that the requests use become as slugs, after the word that all names of a run begin with. */
const slugOfName: Readonly<Record<string, string>> = {
  Shoe: 'shoe',
  Boot: 'boot',
  'Ünder/shoe~': 'under-shoe',
  靴: '',
};

/** The slug that a name gives, and the one with a suffix from the id for when that is taken. */
export function slugsOf(name: string, id: string): [plain: string, suffixed: string] {
  const [word = '', rest = ''] = name.split(' ');
  const plain = [word, slugOfName[rest]].filter(Boolean).join('-');
  return [plain, `${plain}-${id.slice(-6).toLowerCase()}`];
}
