/** Writes the plans of rows, about twenty in a transaction, and finds out which of them keep the others from being written. */
import { countedOnce } from '../catalog/product-count-store';
import { withoutWriting } from '../dynamodb/dry-run';
import { attempt, Contention } from '../dynamodb/transaction';
import { ApplicationError, categoryNotFound } from '../errors';
import type { Plan } from './plan';

/**
 * The most that a transaction may have (DynamoDB's quotas: 100 actions, 4 MB). Its documentation does not say whether an item counts
 * that is replaced or deleted: it is no larger than what is written for that, so half of the bytes will do either way.
 */
const mostActions = 100;
const mostBytes = 1_750_000;

/** More make a transaction slower and likelier to meet another one, for little less work each. */
const mostPlans = 20;

/** Plans, and what kept each from being written: undefined where it is written, `Contention` where it may be tried again. */
export type Outcomes = Map<Plan, Contention | ApplicationError | undefined>;

/** Puts plans of one category together, so that they share a count. */
export function groupPlans(plans: readonly Plan[]): Plan[][] {
  const groups: Plan[][] = [];
  let room = { actions: 0, bytes: 0 };
  let categories = new Set<string>();
  for (const plan of [...plans].sort((a, b) => (homeOf(a) < homeOf(b) ? -1 : 1))) {
    const bytes = bytesOf(plan);
    const group = groups.at(-1);
    const counts = new Set([...categories, ...categoriesOf(plan)]).size;
    const fits =
      group &&
      group.length < mostPlans &&
      room.actions + plan.actions.length + counts <= mostActions &&
      room.bytes + bytes <= mostBytes;
    if (fits) group.push(plan);
    else {
      groups.push([plan]);
      room = { actions: 0, bytes: 0 };
      categories = new Set();
    }
    room = { actions: room.actions + plan.actions.length, bytes: room.bytes + bytes };
    for (const category of categoriesOf(plan)) categories.add(category);
  }
  return groups;
}

/** A product's attributes are a Map for the marshaller, which JSON would show without its pairs. */
const bytesOf = ({ actions }: Plan): number =>
  Buffer.byteLength(JSON.stringify(actions, (_, value: unknown) => (value instanceof Map ? [...value] : value)));

const categoriesOf = ({ count: { before, after } }: Plan) =>
  [before, after].flatMap((product) => (product ? [product.categoryId] : []));
const homeOf = (plan: Plan) => categoriesOf(plan).at(-1) ?? '';

/**
 * Writes a group, or asks what would keep it from being written. Nothing of it is written where any plan is at fault; the rest
 * of the group then has `Contention`. Throws what nobody expects.
 */
export async function writeGroup(group: readonly Plan[], dryRun: boolean): Promise<Outcomes> {
  const all = (error: (plan: Plan) => Contention | ApplicationError | undefined): Outcomes =>
    new Map(group.map((plan) => [plan, error(plan)]));
  try {
    const refused = await refusalsOf(group, dryRun);
    return refused.size === 0 ? all(() => undefined) : all((plan) => refused.get(plan) ?? new Contention());
  } catch (error) {
    if (error instanceof Contention) return all(() => error);
    if (!(error instanceof ApplicationError)) throw error;
    // The plans that put a product into this category are at fault; any other error concerns the whole group.
    if (error.code !== 'category_not_found') return all(() => error);
    const { value } = error.facts;
    return all(({ count, category }) => {
      if (count.after?.categoryId !== value) return new Contention();
      return category === undefined ? error : categoryNotFound(category, 'category');
    });
  }
}

/** What is wrong with which plan. Throws where it is nothing about one of them. */
const refusalsOf = (
  group: readonly Plan[],
  dryRun: boolean,
): Promise<ReadonlyMap<Plan, Contention | ApplicationError>> =>
  countedOnce(async (count) => {
    const owners = group.flatMap((plan) => plan.actions.map(() => plan));
    const actions = [...group.flatMap(({ actions }) => actions), ...count(...group.map((plan) => plan.count))];
    const refusals = await attempt(dryRun ? withoutWriting(actions) : actions);
    const refused = new Map<Plan, Contention | ApplicationError>();
    for (const { position, error, conditionFailed } of refusals) {
      const plan = owners[position];
      // Behind a conflict, a condition may have failed of what the other write has done.
      if (!conditionFailed || !plan || !(error instanceof Contention || error instanceof ApplicationError)) throw error;
      // Of a plan's failed conditions, the first is reported, as for a request about this product alone.
      if (!refused.has(plan)) refused.set(plan, error);
    }
    return refused;
  });
