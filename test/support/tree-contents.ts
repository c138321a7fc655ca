/** What must hold of the categories of a table as a tree: parents are there, nothing goes in circles or too deep, and all places are exact. */
import * as z from 'zod/mini';
import type { Category } from './representations';

const below = z.record(z.templateLiteral(['below', z.number()]), z.int());
export const placeItem = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  parent: z.optional(z.string()),
  writes: z.int(),
});
type Place = z.infer<typeof placeItem>;

const deepest = 8;

/** The categories from this one upwards. Throws where a parent is missing, and where they go in a circle or too deep. */
export function upwards(categories: ReadonlyMap<string, Pick<Category, 'id' | 'parentId'>>, id: string): string[] {
  const steps: string[] = [];
  for (let next: string | undefined = id; next !== undefined; next = categories.get(next)?.parentId) {
    if (!categories.has(next)) throw new Error(`${next} is not there: ${steps.join(' below ')}`);
    if (steps.includes(next)) throw new Error(`${steps.join(' below ')} below ${next} goes in a circle`);
    steps.push(next);
    if (steps.length > deepest) throw new Error(`${steps.join(' below ')} is too deep`);
  }
  return steps;
}

/** How many categories there are at each distance below each, as text that can be compared: `below1: 2, below3: 1`. */
function distancesOf(counts: ReadonlyMap<string, number>): string {
  const told = [...counts].filter(([, count]) => count !== 0).map(([name, count]) => `${name}: ${count}`);
  return told.sort().join(', ');
}

/** Expects the categories of a table to be a tree, and their places to say exactly what is below each. */
export function expectTree(all: Category[], places: Place[]): void {
  const categories = new Map(all.map((category) => [category.id, category]));
  const wanted = new Map(all.map(({ id }) => [id, new Map<string, number>()]));
  for (const { id } of all) {
    for (const [distance, above] of upwards(categories, id).entries()) {
      const counts = wanted.get(above);
      if (distance > 0) counts?.set(`below${distance}`, (counts.get(`below${distance}`) ?? 0) + 1);
    }
  }
  const found = new Map(all.map(({ id }) => [id, new Map<string, number>()]));
  for (const { pk, sk, parent, writes, ...counts } of places) {
    const id = pk.replace('CATEGORY#', '');
    const sums = found.get(id);
    if (!sums) throw new Error(`${pk} ${sk} is a place of a category that is gone`);
    if (parent !== undefined && parent !== (categories.get(id)?.parentId ?? 'top')) {
      throw new Error(`${pk} ${sk} is below ${parent}`);
    }
    for (const [name, count] of Object.entries(below.parse(counts))) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  const told = (counts: typeof wanted) => Object.fromEntries([...counts].map(([id, own]) => [id, distancesOf(own)]));
  expect(told(found)).toEqual(told(wanted));
}
