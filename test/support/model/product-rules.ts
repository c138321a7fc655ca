/** What the catalogue must answer to requests for products. */
import type { Answer } from '../events';
import type { Part, Whole } from '../random-products';
import type { Product } from '../representations';
import { isTaken, type Catalogue, type CatalogueRequest } from './catalogue';
import { creation, derivedSlug, found, historyOf, isUnchanged, notFound, problem, remember } from './record-rules';
import { repetition, staleness, stamp } from './record-rules';
import type { Expectation, Rule } from './expectation';

type NewProduct = Whole & { categoryId: string };
type Changes = Part & { categoryId?: string };

/** The refusal of a product whose SKU, slug or category is not to be had. */
function refusal({ products, categories }: Catalogue, { id, sku, slug, categoryId }: Product): Expectation | undefined {
  if (isTaken(products, 'sku', sku, id)) return problem(409, 'sku_taken', { field: 'sku', value: sku });
  if (isTaken(products, 'slug', slug, id)) return problem(409, 'slug_taken', { field: 'slug', value: slug });
  if (categories.has(categoryId)) return undefined;
  return problem(422, 'category_not_found', { field: 'categoryId', value: categoryId });
}

const withPresets = ({ stockCount = 0, status = 'active', ...body }: NewProduct) => ({ ...body, stockCount, status });

/** JSON Merge Patch (RFC 7396). */
function merge(current: Product, changes: Changes) {
  const { attributes, description, imageUrl, price, slug, stockCount, status, ...rest } = changes;
  return {
    ...current,
    ...rest,
    slug: slug === null ? undefined : (slug ?? current.slug),
    price: { ...current.price, ...price },
    stockCount: stockCount === null ? 0 : (stockCount ?? current.stockCount),
    status: status === null ? 'active' : (status ?? current.status),
    description: description === null ? undefined : (description ?? current.description),
    imageUrl: imageUrl === null ? undefined : (imageUrl ?? current.imageUrl),
    attributes: mergeAttributes(current.attributes, attributes),
  };
}

function mergeAttributes(current: Product['attributes'], changes: Changes['attributes']): Product['attributes'] {
  if (changes === undefined) return current;
  return changes === null ? undefined : Object.fromEntries(Object.entries({ ...current, ...changes }).filter(isKept));
}

const isKept = (pair: [string, string | null]): pair is [string, string] => pair[1] !== null;

type Contents = Omit<NewProduct, 'slug'> & { slug?: string | undefined; stockCount: number; status: Product['status'] };

/** The product with these contents after this request; the slug is derived where it is not given. */
function complete(
  { products }: Catalogue,
  request: CatalogueRequest,
  answer: Answer,
  alone: boolean,
  contents: Contents,
  before?: Product,
): Product {
  const id = before?.id ?? String(answer.body?.id);
  const named = { name: contents.name, id, current: before?.slug };
  const slug = contents.slug ?? derivedSlug(named, (value) => isTaken(products, 'slug', value, id), answer, alone);
  return { ...contents, id, slug, ...stamp(request, answer, before) };
}

const create: Rule = (catalogue, request, answer, alone) => {
  const body = withPresets(request.body as NewProduct);
  // Presets that are sent make no other request of it than presets that are not.
  const meant = { ...request, body };
  const product = complete(catalogue, request, answer, alone, body);
  const store = () => catalogue.products.set(product.id, product);
  return repetition(catalogue, meant) ?? refusal(catalogue, product) ?? creation(catalogue, meant, product, store);
};

const update =
  (contentsOf: (body: CatalogueRequest['body'], current: Product) => Contents): Rule =>
  (catalogue, request, answer, alone) => {
    const { id = '', caller, body } = request;
    const current = catalogue.products.get(id);
    if (!current) return notFound;
    const next = complete(catalogue, request, answer, alone, contentsOf(body, current), current);
    const change = () => {
      catalogue.products.set(id, next);
      remember(catalogue, id, 'updated', caller);
    };
    const done = isUnchanged(current, next) ? found(200, current) : { ...found(200, next), change };
    return staleness(request, current) ?? refusal(catalogue, next) ?? done;
  };

const replace: Rule = (catalogue, request, answer, alone) =>
  request.ifMatch === undefined
    ? problem(428, 'precondition_required')
    : update((body) => withPresets(body as NewProduct))(catalogue, request, answer, alone);

const remove: Rule = (catalogue, request) => {
  const { id = '', caller } = request;
  const current = catalogue.products.get(id);
  if (!current) return notFound;
  const change = () => {
    catalogue.products.delete(id);
    catalogue.deleted.set(id, current);
    remember(catalogue, id, 'deleted', caller);
  };
  return staleness(request, current) ?? { status: 204, change };
};

const restore: Rule = (catalogue, request, answer) => {
  const { id = '', caller } = request;
  if (catalogue.products.has(id)) return problem(409, 'not_deleted');
  const before = catalogue.deleted.get(id);
  if (!before) return notFound;
  const product = { ...before, ...stamp(request, answer, { ...before, version: before.version + 1 }) };
  const change = () => {
    catalogue.products.set(id, product);
    catalogue.deleted.delete(id);
    remember(catalogue, id, 'restored', caller);
  };
  return refusal(catalogue, product) ?? { ...found(200, product), change };
};

const read =
  (isVisible: (product: Product) => boolean): Rule =>
  ({ products }, { id = '' }) => {
    const product = products.get(id);
    return product && isVisible(product) ? found(200, product) : notFound;
  };

export const productRules: Readonly<Record<string, Rule>> = {
  'POST /products': create,
  'PUT /products/{productId}': replace,
  'PATCH /products/{productId}': update((body, current) => merge(current, body as Changes)),
  'DELETE /products/{productId}': remove,
  'POST /admin/products/{productId}/restore': restore,
  'GET /products/{productId}': read(({ status }) => status === 'active'),
  'GET /admin/products/{productId}': read(() => true),
  'GET /admin/products/{productId}/history': (catalogue, { id = '' }) => historyOf(catalogue, id),
};
