/** The tree of categories as an import knows it: what the catalogue has, with what the rows have made of it so far. */
import { mostLevels } from '../../src/catalog/category';
import type { Refusal } from './api/outcome';

interface Place {
  id: string;
  parent: string | undefined;
}

/** Everything goes by slugs. */
export interface KnownTree {
  idOf: (slug: string) => string | undefined;
  /** The slug of the category with this id, or the id where that is not known. */
  show: (id: unknown) => string;
  /** Undefined for one that is at the top, or not there. */
  parentOf: (slug: string) => string | undefined;
  /** A category is below this one now, or at the top. */
  place: (slug: string, place: Place) => void;
  /** Why it cannot be below `parent` now, where that is so. `placeOf` is of the row that says what becomes of a category. */
  refusal: (slug: string, parent: string, placeOf: (slug: string) => string | undefined) => Refusal | undefined;
}

export function newKnownTree(
  categories: readonly { id: string; slug: string; parentId?: string | undefined }[],
): KnownTree {
  const slugs = new Map(categories.map(({ id, slug }) => [id, slug]));
  const places = new Map<string, Place>();
  const below = new Map<string, Set<string>>();
  let changes = 0;

  function place(slug: string, to: Place): void {
    const from = places.get(slug)?.parent;
    if (from !== undefined) below.get(from)?.delete(slug);
    if (to.parent !== undefined) below.set(to.parent, (below.get(to.parent) ?? new Set()).add(slug));
    places.set(slug, to);
    slugs.set(to.id, slug);
    changes += 1;
  }
  for (const { id, slug, parentId } of categories) {
    place(slug, { id, parent: parentId === undefined ? undefined : slugs.get(parentId) });
  }

  const parentOf = (slug: string) => places.get(slug)?.parent;
  // The list may show only half of a move, and so a circle that there never was: the depth is limited.
  const heightOf = (slug: string, most = 2 * mostLevels): number =>
    most === 0
      ? 0
      : 1 + [...(below.get(slug) ?? [])].reduce((highest, child) => Math.max(highest, heightOf(child, most - 1)), 0);

  function refusal(slug: string, parent: string, placeOf: (slug: string) => string | undefined): Refusal | undefined {
    const at = changes;
    const refuse = (reason: string): Refusal => ({ action: 'rejected', reason, mayPass: () => changes > at });
    if (!places.has(parent)) {
      const place = placeOf(parent);
      if (place !== undefined) return refuse(`parent: "${parent}" is to come by ${place}, which is rejected`);
      const reason = `parent: there is no category with the slug "${parent}", and no row with it`;
      return { action: 'rejected', reason };
    }
    const above: string[] = [];
    for (let next: string | undefined = parent; next !== undefined && !above.includes(next); next = parentOf(next)) {
      above.push(next);
    }
    if (above.includes(slug)) return refuse(isBelowItself(slug, parent));
    const deepest = above.length + heightOf(slug);
    if (deepest <= mostLevels) return undefined;
    return refuse(`parent: below "${parent}" it would reach level ${deepest}, and the tree has ${mostLevels} at most`);
  }

  return {
    idOf: (slug) => places.get(slug)?.id,
    show: (id) => (typeof id === 'string' ? (slugs.get(id) ?? id) : 'none'),
    parentOf,
    place,
    refusal,
  };
}

export const isBelowItself = (slug: string, parent: string): string =>
  slug === parent ? 'parent: a category cannot be below itself' : `parent: "${parent}" is itself below "${slug}"`;
