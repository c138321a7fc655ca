/** What can be done with categories. `author` is the caller's `sub`; `expected` the version that `If-Match` names. */
import type { Category, CategoryChanges, NewCategory } from './category';
import {
  changeCategory,
  insertCategory,
  listCategories,
  readCategoryHistory,
  readCategoryWithPath,
  removeCategory,
} from './category-store';
import type { Outcome, RepeatableRequest } from './idempotency';
import { once } from './idempotency-store';
import { newId } from './new-id';
import { firstVersion, nextVersion, patched, requireVersion, type RecordFields } from './record';
import { withDerivedSlug, type DeriveSlug } from './slug';

/** Throws `slug_taken`, `parent_not_found`, `category_too_deep`, and `idempotency_key_reused` for a `request` that has a key. */
export function createCategory(
  input: NewCategory,
  author: string,
  request?: RepeatableRequest,
): Promise<Outcome<Category>> {
  const id = newId();
  return once<Category>(request, (recordOf) =>
    withDerivedSlug(id, (derive) =>
      insertCategory(() => {
        const { parentId, slug = derive(input.name), ...fields } = input;
        return { id, ...fields, slug, parentId: parentId ?? undefined, productCount: 0, ...firstVersion(author) };
      }, recordOf),
    ),
  );
}

/**
 * Gives the category exactly the fields of `input`. Throws `not_found`, `stale_version`, `slug_taken`, `parent_not_found`,
 * `category_cycle`, `category_too_deep`.
 */
export function replaceCategory(id: string, input: NewCategory, author: string, expected?: number): Promise<Category> {
  return updateCategory(
    id,
    author,
    expected,
    (current, derive) =>
      ({
        name: input.name,
        slug: input.slug ?? derive(input.name, current.slug),
        description: input.description,
        parentId: input.parentId ?? undefined,
      }) satisfies Record<keyof Writable, unknown>,
  );
}

/** Changes the fields that `changes` names. Throws as `replaceCategory` does. */
export function patchCategory(
  id: string,
  changes: CategoryChanges,
  author: string,
  expected?: number,
): Promise<Category> {
  return updateCategory(id, author, expected, (current, derive) => {
    const name = changes.name ?? current.name;
    return {
      name,
      slug: changes.slug === null ? derive(name, current.slug) : (changes.slug ?? current.slug),
      description: patched(changes.description, current.description, undefined),
      parentId: patched(changes.parentId, current.parentId, undefined),
    } satisfies Record<keyof Writable, unknown>;
  });
}

type Writable = Omit<Category, keyof RecordFields | 'id' | 'productCount'>;

function updateCategory(
  id: string,
  author: string,
  expected: number | undefined,
  writable: (current: Category, derive: DeriveSlug) => Writable,
): Promise<Category> {
  return withDerivedSlug(id, (derive) =>
    changeCategory(id, (current) => {
      requireVersion(current, expected);
      return { ...current, ...writable(current, derive), ...nextVersion(current, author) };
    }),
  );
}

/** Throws `not_found`, `stale_version`, `category_has_children`, `category_in_use`. */
export function deleteCategory(id: string, author: string, expected?: number): Promise<void> {
  return removeCategory(id, (current) => {
    requireVersion(current, expected);
    return nextVersion(current, author);
  });
}

/** `getCategory` and `listCategoryHistory` throw `not_found`. */
export { listCategories, readCategoryWithPath as getCategory, readCategoryHistory as listCategoryHistory };
