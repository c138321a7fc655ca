/**
 * Keeps categories a tree while several writers move them at the same time (decision 0016). Whoever puts a category
 * below another passes a place of every category above, on condition that each of those is where it was read to be.
 * Whoever moves a category also settles all its places, on condition that nobody has passed one since. Two moves that
 * together would make a circle, or a tree too deep, therefore conflict, and one of them is tried again.
 */
import { tableName } from '../dynamodb/client';
import { withoutWriting } from '../dynamodb/dry-run';
import { getItem, getItems } from '../dynamodb/read';
import { Contention, transact, type Action } from '../dynamodb/transaction';
import { categoryCycle, categoryTooDeep, parentNotFound } from '../errors';
import { mostLevels } from './category';
import { keyOf, type CategoryItem } from './category-item-store';
import { levelsOf, pass, places, readPlaces, settle, type Levels } from './category-place-store';

/**
 * Where a category was and where it will be. A new category has no `from` and a deleted one no `to`; either is also
 * undefined for the top of the tree.
 */
interface Placement {
  id: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** What else the transaction writes: `first` before the actions of the tree, so that its errors are reported first. */
interface Writes {
  first: Action[];
  rest: Action[];
}

/**
 * Writes a category that is created or deleted. Throws `parent_not_found`, `category_too_deep`, and what the writes
 * throw.
 */
export const transactPlaced = (placement: Placement, writes: Writes): Promise<void> =>
  transactInTree(placement, writes, [1], []);

/** Writes a category that moves, with all below it. Throws as `transactPlaced` does, and `category_cycle`. */
export async function transactMoved(placement: Placement, writes: Writes): Promise<void> {
  const own = await readPlaces(placement.id);
  return transactInTree(placement, writes, levelsOf(own), settle({ id: placement.id, parentId: placement.to }, own));
}

const transactInTree = ({ id, from, to }: Placement, { first, rest }: Writes, levels: Levels, settled: Action[]) =>
  places.use(async (share, reportConflict) => {
    const [left, joined] = await Promise.all([readUpwards(from), readUpwards(to)]);
    // The category was read to be below this parent, which is gone, or below the category: it must have moved since.
    if (from !== undefined && (left.length === 0 || left.some((step) => step.id === id))) throw new Contention();
    const passed = changesAbove(left, joined, levels).map(({ step, more }) => pass(step, more, share, reportConflict));
    const refusal = to === undefined ? undefined : refusalOf(id, to, joined, levels);
    if (!refusal) return transact([...first, ...rest, ...passed, ...settled]);

    // The path was read item by item, so this refusal may rest on a state that there never was. The database is asked
    // the same, without the writes: it says whether the refusal is true at one moment.
    const { error, grounds } = refusal;
    const conditions = { absence: [absence(to ?? '')], path: passed, depth: [...passed, ...settled] }[grounds];
    await transact(withoutWriting([...first, ...conditions]));
    throw error;
  });

/** Why a category cannot be below another, and which conditions show that it is so. */
function refusalOf(id: string, to: string, joined: CategoryItem[], levels: Levels) {
  // Above itself, also where it is gone by now: the writes have its item already, and a transaction takes each item once.
  if (to === id || joined.some((step) => step.id === id)) return { error: categoryCycle(to), grounds: 'path' } as const;
  if (joined.length === 0) return { error: parentNotFound(to), grounds: 'absence' } as const;
  if (joined.length + levels.length <= mostLevels) return undefined;
  return { error: categoryTooDeep(mostLevels, to), grounds: 'depth' } as const;
}

const absence = (id: string): Action => ({
  write: { Put: { TableName: tableName, Item: keyOf(id), ConditionExpression: 'attribute_not_exists(pk)' } },
  otherwise: () => new Contention(),
});

/**
 * For each category above the old and the new place, which may have some of them in common: how many more categories
 * will be below it, by their distance.
 */
function changesAbove(left: CategoryItem[], joined: CategoryItem[], levels: Levels) {
  const changes = new Map<string, { step: CategoryItem; more: Map<number, number> }>();
  const add = (sign: 1 | -1, above: CategoryItem[]) => {
    for (const [place, step] of above.entries()) {
      const change = changes.get(step.id) ?? { step, more: new Map<number, number>() };
      if (change.step.parentId !== step.parentId) throw new Contention();
      for (const [level, count] of levels.entries()) {
        const distance = place + 1 + level;
        change.more.set(distance, (change.more.get(distance) ?? 0) + sign * count);
      }
      changes.set(step.id, change);
    }
  };
  add(-1, left);
  add(1, joined);
  return [...changes.values()];
}

/** The category with this id and all those above it, upwards; empty if it does not exist. */
async function readUpwards(id: string | undefined): Promise<CategoryItem[]> {
  const steps: CategoryItem[] = [];
  for (let next = id; next !== undefined; next = steps.at(-1)?.parentId) {
    const step = await getItem(keyOf(next), (item: CategoryItem) => item);
    if (!step && steps.length === 0) return [];
    // Others may move categories while these are read one by one, so that what is found is no path.
    if (!step || steps.length === mostLevels) throw new Contention();
    steps.push(step);
  }
  return steps;
}

/**
 * The path from the top to a category, itself included, as it was at one moment: whatever was read is read again, to
 * see that no version has changed. Throws `Contention` if one has.
 */
export async function readPath(item: CategoryItem): Promise<CategoryItem[]> {
  const above = await readUpwards(item.parentId);
  if (item.parentId !== undefined && above.length === 0) throw new Contention();
  // The last one was read after all the others, and needs no second look.
  const earlier = [item, ...above].slice(0, -1);
  const again = earlier.length === 0 ? [] : await getItems<CategoryItem>(earlier.map(({ id }) => keyOf(id)));
  if (earlier.some(({ version }, place) => again[place]?.version !== version)) throw new Contention();
  return [item, ...above].reverse();
}
