/** What a search has to find, said the naive way: every product is looked at, and what fits is sorted. */

export interface Searched {
  id: string;
  name: string;
  sku: string;
  slug: string;
  price: { amount: number };
  stockCount: number;
  categoryId: string;
  status: string;
  createdAt: string;
  updatedAt: string;
}

const plain: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', þ: 'th', ı: 'i', ς: 'σ' };

/** Character by character: taken apart, marks of letters left out, voicing marks of kana kept. */
function foldNaively(text: string): string {
  const kept = Array.from(text.normalize('NFKD')).filter(
    (character) =>
      /[\u3099\u309A]/.test(character) || !/^\p{M}$/u.test(character) || !/\p{Script=Inherited}/u.test(character),
  );
  return Array.from(kept.join('').normalize('NFC').toLowerCase())
    .map((character) => plain[character] ?? character)
    .join('');
}

const isUnspaced = (word: string) => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/u.test(word);

/** 1 at the start of a word, 2 within one; undefined where it is not there. */
function quality(texts: string[], word: string): number | undefined {
  const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{M}\p{N}]/u.test(character);
  let best: number | undefined;
  for (const text of texts) {
    for (let at = 0; at < text.length; at += 1) {
      if (!text.startsWith(word, at)) continue;
      const before = Array.from(text.slice(0, at)).at(-1);
      if (!isLetter(before)) return 1;
      if (Array.from(word).length >= 3 || isUnspaced(word)) best = 2;
    }
  }
  return best;
}

/** Undefined where a word is missing. */
function rankOf(product: Searched, categoryName: string, q: string): number | undefined {
  const texts = [product.name, product.sku, product.slug].map(foldNaively);
  const words = [...new Set(foldNaively(q).split(/\s+/u).filter(Boolean))];
  const qualities = words.map(
    (word) => quality(texts, word) ?? (quality([foldNaively(categoryName)], word) === undefined ? undefined : 3),
  );
  if (qualities.includes(undefined)) return undefined;
  return texts.includes(foldNaively(q).trim()) ? 0 : qualities.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

export interface Search {
  q?: string | undefined;
  sort: string;
  status?: string | undefined;
  categoryId?: string | undefined;
  descendants?: 'true' | undefined;
  sku?: string | undefined;
  slug?: string | undefined;
}

interface SearchedCategory {
  name: string;
  parentId?: string | undefined;
}

/** From the category upwards, as far as it goes: whoever goes in a circle has seen it all. */
function wayUp(categories: ReadonlyMap<string, SearchedCategory>, id: string): string[] {
  const way: string[] = [];
  for (let at: string | undefined = id; at !== undefined && !way.includes(at); at = categories.get(at)?.parentId) {
    way.push(at);
  }
  return way;
}

/** The ids of what is found, in order. */
export function searchNaively<Product extends Searched>(
  products: Product[],
  categories: ReadonlyMap<string, SearchedCategory>,
  { q, sort, status, categoryId, descendants, sku, slug }: Search,
): string[] {
  const field = sort.replace('-', '');
  const found = products.flatMap((product) => {
    const rank = q === undefined ? 1 : rankOf(product, categories.get(product.categoryId)?.name ?? '', q);
    const places = descendants ? wayUp(categories, product.categoryId) : [product.categoryId];
    const fits =
      (status ?? product.status) === product.status &&
      (categoryId === undefined || places.includes(categoryId)) &&
      (sku ?? product.sku) === product.sku &&
      (slug ?? product.slug) === product.slug;
    if (rank === undefined || !fits) return [];
    const values: Record<string, string | number> = {
      relevance: rank,
      name: foldNaively(product.name),
      sku: foldNaively(product.sku),
      price: product.price.amount,
      stockCount: product.stockCount,
      createdAt: product.createdAt,
      updatedAt: product.updatedAt,
    };
    return [{ id: product.id, value: values[field] ?? 0 }];
  });
  found.sort((a, b) => (a.value === b.value ? (a.id < b.id ? -1 : 1) : a.value < b.value ? -1 : 1));
  const ids = found.map(({ id }) => id);
  return sort.startsWith('-') ? ids.reverse() : ids;
}
