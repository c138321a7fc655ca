/** What the catalogue must answer to requests for categories. */
import type { Answer } from '../events';
import { upwards } from '../tree-contents';
import { countOf, isTaken, withCount, type Catalogue, type CatalogueRequest, type StoredCategory } from './catalogue';
import { creation, derivedSlug, found, historyOf, isUnchanged, notFound, problem, remember } from './record-rules';
import { repetition, staleness, stamp } from './record-rules';
import type { Expectation, Rule } from './expectation';

interface NewCategory {
  name: string;
  slug?: string | undefined;
  description?: string | undefined;
  parentId?: string | null | undefined;
}
type CategoryChanges = { [Field in keyof NewCategory]?: NewCategory[Field] | null };

function refusal({ categories }: Catalogue, { id, slug }: StoredCategory): Expectation | undefined {
  return isTaken(categories, 'slug', slug, id) ? problem(409, 'slug_taken', { field: 'slug', value: slug }) : undefined;
}

/** Why it cannot be where it is to be. */
function misplacement({ categories }: Catalogue, { id, parentId }: StoredCategory): Expectation | undefined {
  if (parentId === undefined) return undefined;
  const refuse = (code: string) => problem(422, code, { field: 'parentId', value: parentId });
  if (!categories.has(parentId)) return refuse('parent_not_found');
  const above = upwards(categories, parentId);
  if (above.includes(id)) return refuse('category_cycle');
  const paths = [...categories.keys()].map((other) => upwards(categories, other));
  const height = Math.max(1, ...paths.map((path) => path.indexOf(id) + 1));
  return above.length + height > 8 ? refuse('category_too_deep') : undefined;
}

/** The category with these contents after this request; the slug is derived where it is not given. */
function complete(
  { categories }: Catalogue,
  request: CatalogueRequest,
  answer: Answer,
  alone: boolean,
  { name, slug, description, parentId }: NewCategory,
  before?: StoredCategory,
): StoredCategory {
  const id = before?.id ?? String(answer.body?.id);
  const taken = (value: string) => isTaken(categories, 'slug', value, id);
  const chosen = slug ?? derivedSlug({ name, id, current: before?.slug }, taken, answer, alone);
  return { id, name, slug: chosen, description, parentId: parentId ?? undefined, ...stamp(request, answer, before) };
}

const create: Rule = (catalogue, request, answer, alone) => {
  const category = complete(catalogue, request, answer, alone, request.body as NewCategory);
  const store = () => catalogue.categories.set(category.id, category);
  return (
    repetition(catalogue, request) ??
    misplacement(catalogue, category) ??
    refusal(catalogue, category) ??
    creation(catalogue, request, { ...category, productCount: 0 }, store)
  );
};

const update =
  (contentsOf: (body: CatalogueRequest['body'], current: StoredCategory) => NewCategory): Rule =>
  (catalogue, request, answer, alone) => {
    const { id = '', caller, body } = request;
    const current = catalogue.categories.get(id);
    if (!current) return notFound;
    const next = complete(catalogue, request, answer, alone, contentsOf(body, current), current);
    const change = () => {
      catalogue.categories.set(id, next);
      remember(catalogue, id, 'updated', caller);
    };
    // The count is that of the moment when the category was read for the write; products that come or go after it do not
    // make the write begin again.
    const { productCount } = alone ? withCount(catalogue, next) : { productCount: Number(answer.body?.productCount) };
    const unchanged = isUnchanged(current, next);
    const answered = { ...(unchanged ? current : next), productCount };
    const done = unchanged ? found(200, answered) : { ...found(200, answered), change };
    const misplaced = next.parentId === current.parentId ? undefined : misplacement(catalogue, next);
    return staleness(request, current) ?? misplaced ?? refusal(catalogue, next) ?? done;
  };

const replace: Rule = (catalogue, request, answer, alone) =>
  request.ifMatch === undefined
    ? problem(428, 'precondition_required')
    : update((body) => body as NewCategory)(catalogue, request, answer, alone);

/** JSON Merge Patch (RFC 7396). */
function merge(current: StoredCategory, { name, slug, description, parentId }: CategoryChanges): NewCategory {
  return {
    name: name ?? current.name,
    slug: slug === null ? undefined : (slug ?? current.slug),
    description: description === null ? undefined : (description ?? current.description),
    parentId: parentId === null ? undefined : (parentId ?? current.parentId),
  };
}

const remove: Rule = (catalogue, request) => {
  const { id = '', caller } = request;
  const current = catalogue.categories.get(id);
  if (!current) return notFound;
  const allProductCount = countOf(catalogue, id);
  const change = () => {
    catalogue.categories.delete(id);
    remember(catalogue, id, 'deleted', caller);
  };
  const childCount = [...catalogue.categories.values()].filter(({ parentId }) => parentId === id).length;
  const hasChildren = childCount > 0 ? problem(409, 'category_has_children', { childCount }) : undefined;
  const inUse = allProductCount > 0 ? problem(409, 'category_in_use', { allProductCount }) : undefined;
  return staleness(request, current) ?? hasChildren ?? inUse ?? { status: 204, change };
};

const read: Rule = (catalogue, { id = '' }) => {
  const category = catalogue.categories.get(id);
  if (!category) return notFound;
  const path = upwards(catalogue.categories, id).reverse();
  const steps = path.map((step) => {
    const { name, slug } = catalogue.categories.get(step) ?? {};
    return { id: step, name, slug };
  });
  const answered = { ...withCount(catalogue, category), path: steps };
  return found(200, answered);
};

export const categoryRules: Readonly<Record<string, Rule>> = {
  'POST /categories': create,
  'PUT /categories/{categoryId}': replace,
  'PATCH /categories/{categoryId}': update((body, current) => merge(current, body as CategoryChanges)),
  'DELETE /categories/{categoryId}': remove,
  'GET /categories/{categoryId}': read,
  'GET /admin/categories/{categoryId}/history': (catalogue, { id = '' }) => historyOf(catalogue, id),
};
