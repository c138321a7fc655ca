/** Works out what a row would change in the catalogue as it was read. */
import type { Change } from '../catalog/history';
import { newProduct, type Product } from '../catalog/product';
import type { ProductChange } from '../catalog/product-count-store';
import { insertion, productEntry, removal, replacement } from '../catalog/product-item-store';
import { mergeProduct } from '../catalog/product-merge';
import { firstVersion, nextVersion, requireVersion } from '../catalog/record';
import { newSlugDeriver, slugOf } from '../catalog/slug';
import type { Action } from '../dynamodb/transaction';
import { categoryNotFound, invalidRequest, notFound } from '../errors';
import { validate } from '../http/validation';
import { arrangeImages, labelImages } from '../images/image';
import type { Known } from './known';
import type { DeletionRow, ProductRow } from './rows';

/** What becomes of a product, and the writes that make it so; none for one that is already as it should be. */
export interface Plan {
  action: 'created' | 'changed' | 'unchanged' | 'deleted';
  id: string;
  version: number;
  changes: Change[];
  actions: Action[];
  count: ProductChange;
  /** The slug by which the row names its category, where it does. */
  category?: string | undefined;
  /** The slug comes from the name: where it is taken, another will do. */
  derivesSlug: boolean;
}

/** What is the same whenever a row is planned anew. */
export interface PlanSettings {
  /** The caller's `sub`. */
  author: string;
  /** The id of the product, should there be none. */
  newId: string;
  slug: 'plain' | 'suffixed';
}

/** Throws `invalid_request`, `not_found`, `stale_version`, `category_not_found`. */
export function planProduct(row: ProductRow, known: Known, settings: PlanSettings): Plan {
  const { id, version, category, replaceAttributes = false, imageAlts, ...fields } = row;
  const current = known.productOf(row);
  if (!current && (id !== undefined || version !== undefined)) throw notFound('product');
  const categoryId = category === undefined ? fields.categoryId : known.categoryIdOf(category);
  if (category !== undefined && categoryId === undefined) throw categoryNotFound(category, 'category');
  // A new product has no pictures yet, as in a file of another stage.
  if (!current) return { ...planCreation({ ...fields, categoryId }, settings), category };
  const attributes = replaceAttributes ? onlyThese(fields.attributes, current) : fields.attributes;
  const images = imageAlts ? labelImages(current.images, imageAlts) : fields.images;
  const plan = planChange(current, { ...fields, attributes, images, categoryId }, settings);
  // A row that changes nothing is not held to its version: it may have been sent again because its answer was lost (RFC
  // 9110, section 13.1.1).
  if (plan.action !== 'unchanged') requireVersion(current, version);
  return { ...plan, category };
}

type Fields = Omit<ProductRow, 'id' | 'version' | 'category' | 'replaceAttributes' | 'imageAlts'>;

/** As a merge patch: attributes that the product has beside these are `null`, which takes them away. */
const onlyThese = (attributes: Fields['attributes'], current: Product): Fields['attributes'] =>
  attributes && {
    ...Object.fromEntries(Object.keys(current.attributes ?? {}).map((name) => [name, null])),
    ...attributes,
  };

function planCreation({ attributes, images, ...fields }: Fields, settings: PlanSettings): Plan {
  const { author, newId: id, slug: choice } = settings;
  if (images) arrangeImages([], images);
  // What is null is left to what POST would give it.
  const given = { ...fields, attributes: attributes && withoutNulls(attributes) };
  const input = validate(newProduct, withoutNulls(given), 'body');
  const slug = input.slug ?? slugOf(input.name, id, choice);
  const product: Product = { id, ...input, slug, ...firstVersion(author) };
  const entry = productEntry('created', product, { after: product });
  const derivesSlug = input.slug === undefined;
  const { version } = product;
  const actions = insertion(product, entry);
  return { action: 'created', id, version, changes: entry.changes, actions, count: { after: product }, derivesSlug };
}

const withoutNulls = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

function planChange(current: Product, changes: Fields, { author, slug: choice }: PlanSettings): Plan {
  const { id } = current;
  const slugs = newSlugDeriver(id, choice);
  const next: Product = { id, ...mergeProduct(current, changes, slugs.derive), ...nextVersion(current, author) };
  const entry = productEntry('updated', next, { before: current, after: next });
  if (entry.changes.length === 0) return unchanged(current);
  if (Buffer.byteLength(JSON.stringify(entry)) > longestEntry) throw tooMuchAtOnce();
  const count = { before: current, after: next };
  const actions = replacement(current, next, entry);
  const { version } = next;
  return { action: 'changed', id, version, changes: entry.changes, actions, count, derivesSlug: slugs.isUsed };
}

/** In bytes. A history entry holds what was and what is, and an item of DynamoDB 400 KB; a product has 243 KB at most. */
const longestEntry = 390_000;

const tooMuchAtOnce = () =>
  invalidRequest([
    {
      in: 'body',
      pointer: '',
      detail: `must not change so much at once: old and new values may have ${longestEntry} bytes together, so clear the old ones first`,
    },
  ]);

const unchanged = ({ id, version }: Product): Plan => ({
  action: 'unchanged',
  id,
  version,
  changes: [],
  actions: [],
  count: {},
  derivesSlug: false,
});

/** Throws `not_found`, `stale_version`. */
export function planDeletion(row: DeletionRow, known: Known, { author }: PlanSettings): Plan {
  const current = known.productOf(row);
  if (!current) throw notFound('product');
  requireVersion(current, row.version);
  const { id } = current;
  const stamp = nextVersion(current, author);
  const entry = productEntry('deleted', stamp, { before: current });
  const actions = removal(current, entry);
  const count = { before: current };
  return { action: 'deleted', id, version: stamp.version, changes: entry.changes, actions, count, derivesSlug: false };
}
