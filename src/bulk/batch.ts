/** Rows on their way to results: planned, written about twenty at a time, and planned anew where someone else was faster. */
import { newId } from '../catalog/new-id';
import { Contention, retryOnContention, Throttling } from '../dynamodb/transaction';
import { ApplicationError } from '../errors';
import { readKnown, type Known, type Named } from './known';
import { Ledger, type RowResult } from './ledger';
import type { Plan, PlanSettings } from './plan';
import { groupPlans, writeGroup } from './write';

/**
 * Works out what a row would change in the catalogue as it was read. Throws `ApplicationError` for a row that cannot be
 * done.
 */
export type Planner<Row> = (row: Row, known: Known, settings: PlanSettings) => Plan;

/** A row without a result. */
interface OpenRow<Row> {
  position: number;
  row: Row;
  settings: PlanSettings;
}

/**
 * A result for each row, in their order; a row that is an error is rejected with it. In a dry run nothing is written: the
 * database is asked the same questions. A row of which nobody knows in time what became of it is rejected with `busy`. Throws
 * `busy` where that goes for all of them.
 */
export async function runRows<Row extends Named>(
  rows: readonly (Row | ApplicationError)[],
  planner: Planner<Row>,
  { author, dryRun }: { author: string; dryRun: boolean },
): Promise<RowResult[]> {
  const ledger = new Ledger(dryRun);
  let open: OpenRow<Row>[] = [];
  for (const [position, row] of rows.entries()) {
    if (row instanceof ApplicationError) ledger.reject(position, row);
    else open.push({ position, row, settings: { author, newId: newId(), slug: 'plain' } });
  }
  try {
    await retryOnContention(async () => {
      const planned = planRows(open, planner, await readKnown(open.map(({ row }) => row)), ledger);
      const left = await writePlans(planned, dryRun, ledger);
      open = left.map(({ openRow }) => openRow).sort((a, b) => a.position - b.position);
      // The table is left alone for longer where any of them was throttled.
      if (left.length > 0) throw left.find(({ reason }) => reason instanceof Throttling)?.reason ?? new Contention();
    });
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    for (const { position } of open) ledger.reject(position, error);
  }
  const results = ledger.allResults();
  const busy = results.flatMap((result) =>
    result.action === 'rejected' && result.error.code === 'busy' ? [result.error] : [],
  );
  if (busy[0] && busy.length === results.length) throw busy[0];
  return results;
}

/** The plans of rows that have something to write; the others have their results then. */
function planRows<Row>(open: OpenRow<Row>[], planner: Planner<Row>, known: Known, ledger: Ledger) {
  const planned = new Map<Plan, OpenRow<Row>>();
  // What a later row had the last time keeps no earlier one from it.
  for (const { position } of open) ledger.forget(position);
  for (const openRow of open) {
    try {
      const plan = planRow(openRow, planner, known, ledger);
      if (plan.actions.length > 0) planned.set(plan, openRow);
      else ledger.settle(openRow.position, plan);
    } catch (error) {
      if (!(error instanceof ApplicationError)) throw error;
      ledger.reject(openRow.position, error);
    }
  }
  return planned;
}

function planRow<Row>({ position, row, settings }: OpenRow<Row>, planner: Planner<Row>, known: Known, ledger: Ledger) {
  const plan = planner(row, known, settings);
  try {
    ledger.enter(position, plan);
    return plan;
  } catch (error) {
    if (!plan.derivesSlug || settings.slug === 'suffixed') throw error;
    // It may be the slug alone that another row has.
    settings.slug = 'suffixed';
    const other = planner(row, known, settings);
    ledger.enter(position, other);
    return other;
  }
}

/** Transactions under way at once. */
const mostInFlight = 4;

/** Writes plans, and gives the rows that need no other try their results. Answers the others, with the reason. */
async function writePlans<Row>(planned: Map<Plan, OpenRow<Row>>, dryRun: boolean, ledger: Ledger) {
  const left: { openRow: OpenRow<Row>; reason: Error }[] = [];
  const groups = groupPlans([...planned.keys()]);
  const writeGroups = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const [plan, reason] of await writeGroup(group, dryRun)) {
        const openRow = planned.get(plan);
        if (!openRow) continue;
        if (!reason) ledger.settle(openRow.position, plan);
        else if (reason instanceof Contention || changesByAnotherTry(reason, plan, openRow.settings)) {
          left.push({ openRow, reason });
        } else ledger.reject(openRow.position, reason);
      }
    }
  };
  await Promise.all(Array.from({ length: mostInFlight }, writeGroups));
  return left;
}

/** A SKU that has come meanwhile is one to be changed; a slug that was derived is derived once more. */
function changesByAnotherTry({ code }: ApplicationError, plan: Plan, settings: PlanSettings): boolean {
  if (code === 'sku_taken') return plan.action === 'created';
  if (code !== 'slug_taken' || !plan.derivesSlug || settings.slug === 'suffixed') return false;
  settings.slug = 'suffixed';
  return true;
}
