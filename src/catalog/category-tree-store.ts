/**
 * Keeps categories a tree, whoever moves what at the same time (decision 0016). Whoever puts a category below another passes a
 * place of every category above, on condition that each is where it was read to be; whoever moves one settles all places of it,
 * on condition that nobody has passed them since.
 */
import { tableName } from '../dynamodb/client';
import { withoutWriting } from '../dynamodb/dry-run';
import { getItem, getItems } from '../dynamodb/read';
import { Contention, transact, type Action } from '../dynamodb/transaction';
import { categoryCycle, categoryTooDeep, parentNotFound } from '../errors';
import { mostLevels } from './category';
import { keyOf, type CategoryItem } from './category-item-store';
import { levelsOf, pass, places, readPlaces, settle, type Levels } from './category-place-store';

/** Of a category that comes there is no `from`, of one that goes no `to`; at the top, either is undefined as well. */
interface Placement {
  id: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** What else a transaction writes; what comes first speaks before the tree does. */
interface Writes {
  first: Action[];
  rest: Action[];
}

/** Writes a category that comes or goes. Throws `parent_not_found`, `category_too_deep`, and what the writes throw. */
export const transactPlaced = (placement: Placement, writes: Writes): Promise<void> =>
  transactInTree(placement, writes, [1], []);

/** Writes a category that moves, with all below it. Throws as `transactPlaced` does, and `category_cycle`. */
export async function transactMoved(placement: Placement, writes: Writes): Promise<void> {
  const own = await readPlaces(placement.id);
  return transactInTree(placement, writes, levelsOf(own), settle({ id: placement.id, parentId: placement.to }, own));
}

const transactInTree = ({ id, from, to }: Placement, { first, rest }: Writes, levels: Levels, settled: Action[]) =>
  places.use(async (share, met) => {
    const [left, joined] = await Promise.all([readUpwards(from), readUpwards(to)]);
    // It was below that a moment ago: it has moved since.
    if (from !== undefined && left.length === 0) throw new Contention();
    const passed = changesAbove(left, joined, levels).map(({ step, more }) => pass(step, more, share, met));
    const refusal = to === undefined ? undefined : refusalOf(id, to, joined, levels);
    if (!refusal) return transact([...first, ...rest, ...passed, ...settled]);

    // What is read bit by bit is of no one moment. The database says whether there is one in which this is so.
    const { error, grounds } = refusal;
    const conditions = { absence: [absence(to ?? '')], path: passed, depth: [...passed, ...settled] }[grounds];
    await transact(withoutWriting([...first, ...conditions]));
    throw error;
  });

/** Why a category cannot be below another, and what that rests on. */
function refusalOf(id: string, to: string, joined: CategoryItem[], levels: Levels) {
  if (joined.length === 0) return { error: parentNotFound(to), grounds: 'absence' } as const;
  if (joined.some((step) => step.id === id)) return { error: categoryCycle(to), grounds: 'path' } as const;
  if (joined.length + levels.length <= mostLevels) return undefined;
  return { error: categoryTooDeep(mostLevels, to), grounds: 'depth' } as const;
}

const absence = (id: string): Action => ({
  write: { Put: { TableName: tableName, Item: keyOf(id), ConditionExpression: 'attribute_not_exists(pk)' } },
  otherwise: () => new Contention(),
});

/** How many more there are below each of the categories above, which both ways may have in common. */
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

/** The category with this id and those above it, upwards; none where it is not there. */
async function readUpwards(id: string | undefined): Promise<CategoryItem[]> {
  const steps: CategoryItem[] = [];
  for (let next = id; next !== undefined; next = steps.at(-1)?.parentId) {
    const step = await getItem(keyOf(next), (item: CategoryItem) => item);
    if (!step && steps.length === 0) return [];
    // Where others move meanwhile, what is read bit by bit may be no path.
    if (!step || steps.length === mostLevels) throw new Contention();
    steps.push(step);
  }
  return steps;
}

/**
 * The path to a category from the top, itself included, as it is in one moment: what has been read is read again, and none of it
 * has another version. Throws `Contention` where one has.
 */
export async function readPath(item: CategoryItem): Promise<CategoryItem[]> {
  const above = await readUpwards(item.parentId);
  if (item.parentId !== undefined && above.length === 0) throw new Contention();
  // The last one read is so still.
  const earlier = [item, ...above].slice(0, -1);
  const again = earlier.length === 0 ? [] : await getItems<CategoryItem>(earlier.map(({ id }) => keyOf(id)));
  if (earlier.some(({ version }, place) => again[place]?.version !== version)) throw new Contention();
  return [item, ...above].reverse();
}
