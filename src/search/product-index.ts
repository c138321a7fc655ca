/** Products in memory as a search needs them. */
import { Best } from './best';
import { Categories } from './categories';
import { toEntry, type Entry, type Searchable } from './entry';
import { matcherOf, searchText, type Matcher } from './matcher';
import { directionOf, type Hits, type Question } from './question';
import { TextPack } from './text-pack';

export class ProductIndex {
  private readonly entries = new Map<string, Entry>();
  readonly categories = new Categories();
  private packs: TextPack<Entry>[] = [];
  private loose: [entry: Entry, text: string][] = [];
  private goneCount = 0;

  /** `packSize` is how many new texts are looked through one by one before they are packed together. */
  constructor(private readonly packSize = 1_000) {}

  get size(): number {
    return this.entries.size;
  }

  /** Of the product as it is here; undefined where it is not. */
  versionOf(id: string): number | undefined {
    return this.entries.get(id)?.version;
  }

  /** Adds and replaces products, unless they are here in a later version, and removes those that are gone. */
  apply(changed: Searchable[], gone: string[]): void {
    for (const product of changed) {
      if (product.version <= (this.versionOf(product.id) ?? 0)) continue;
      this.remove(product.id);
      const entry = toEntry(product);
      this.entries.set(product.id, entry);
      this.loose.push([entry, searchText(product.name, product.sku, product.slug)]);
      if (this.loose.length === this.packSize) this.pack();
    }
    for (const id of gone) this.remove(id);
    if (this.goneCount > this.size + this.packSize) this.packAnew();
  }

  private remove(id: string): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.gone = true;
    this.goneCount += 1;
    this.entries.delete(id);
  }

  private pack(): void {
    const there = this.loose.filter(([entry]) => !entry.gone);
    this.goneCount -= this.loose.length - there.length;
    this.loose = [];
    this.packs.push(
      new TextPack(
        there.map(([entry]) => entry),
        there.map(([, text]) => text),
      ),
    );
  }

  /** Called once more than half of the texts are of products that are gone. */
  private packAnew(): void {
    const texts = [...this.packs.flatMap((pack) => [...pack.all()]), ...this.loose];
    this.packs = [];
    this.loose = [];
    this.goneCount = 0;
    for (const [entry, text] of texts) {
      if (entry.gone) continue;
      this.loose.push([entry, text]);
      if (this.loose.length === this.packSize) this.pack();
    }
  }

  /** As many hits as are asked for, in their order. */
  search({ q, sort, after, limit, categoryId: within, descendants, ...filters }: Question): Hits {
    const { field, isDescending } = directionOf(sort);
    const best = new Best(limit + 1, isDescending, after);
    const categories = within !== undefined && (descendants ? this.categories.subtree(within) : new Set([within]));
    const passes = ({ gone, status, categoryId, exactSku, slug }: Entry) =>
      !gone &&
      (filters.status ?? status) === status &&
      (!categories || categories.has(categoryId)) &&
      (filters.sku ?? exactSku) === exactSku &&
      (filters.slug ?? slug) === slug;

    if (q === undefined) {
      for (const entry of this.entries.values()) {
        if (field && passes(entry)) best.offer([entry[field], entry.id]);
      }
    } else {
      const matcher = matcherOf(q, this.categories.texts);
      for (const [entry, text] of this.candidates(matcher)) {
        if (!passes(entry)) continue;
        const value = field
          ? matcher.matches(text, entry.categoryId) && entry[field]
          : (matcher.rank(text, entry.categoryId) ?? false);
        if (value !== false) best.offer([value, entry.id]);
      }
    }
    const hits = best.positions.slice(0, limit).flatMap((position) => {
      const entry = this.entries.get(position[1]);
      return entry ? [{ id: entry.id, categoryId: entry.categoryId, position }] : [];
    });
    return { hits, more: best.positions.length > limit };
  }

  /** All that may match. */
  private *candidates({ needed }: Matcher) {
    const [first, ...others] = needed;
    for (const pack of this.packs) yield* first === undefined ? pack.all() : pack.having(first, others);
    yield* this.loose;
  }
}
