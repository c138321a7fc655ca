/** How files name the category of a product: by its slug, or by its exact name where no other category has that. */
import { noSuchCategory, Rejection } from '../rejection';

export interface CategoryNames {
  /** Throws `Rejection` where there is none, or more than one of the name. */
  slugOf: (text: string) => string;
  /** The slug of the category with this id, or the id where that is not known. */
  show: (id: unknown) => string;
}

interface Named {
  id: string;
  slug: string;
  name: string;
}

/** Nobody sees whether a blank is one that breaks no line, or two. */
const spaced = (name: string) => name.trim().replace(/\s+/g, ' ');

export function categoryNames(categories: Iterable<Named>): CategoryNames {
  const slugs = new Map<string, string>();
  const named = new Map<string, string[]>();
  for (const { id, slug, name } of categories) {
    slugs.set(id, slug);
    named.set(spaced(name), [...(named.get(spaced(name)) ?? []), slug]);
  }
  const known = new Set(slugs.values());
  return {
    slugOf: (text) => {
      if (known.has(text)) return text;
      const [slug, ...others] = named.get(spaced(text)) ?? [];
      if (slug !== undefined && others.length === 0) return slug;
      if (slug !== undefined) {
        throw new Rejection(
          `category: "${text}" is the name of several, say which by slug: ${[slug, ...others].join(', ')}`,
        );
      }
      // The list may lag behind a write: of a slug, the API has the last word.
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)) throw new Rejection(noSuchCategory(text));
      return text;
    },
    show: (id) => slugs.get(String(id)) ?? String(id),
  };
}
