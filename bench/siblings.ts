/** Contention in the tree: how many categories a second many writers create below one parent, and at the top, within the limits of AWS. */
import { freePort } from '../local/processes/ports';
import { startAwsLimits, type AwsLimits } from './aws-limits/proxy';
import { contend, createCategories } from './contended-creates';
import { startDatabase } from './database';
import { isTrial, rounds, type Part } from './section';

const writerCounts = [1, 8, 16];
const creates = isTrial ? 16 : 48;

export async function siblings(): Promise<Part[]> {
  const database = await startDatabase(await freePort());
  const limits = await startAwsLimits({ engine: database.endpoint });
  try {
    Object.assign(process.env, database.environment, { DYNAMODB_ENDPOINT: limits.endpoint, LOG_LEVEL: 'SILENT' });
    const rows: string[][] = [];
    for (const writers of writerCounts) rows.push(...(await measure(writers, limits)));
    return [{ text, rows: [header, ...rows] }];
  } finally {
    await limits.stop();
    await database.stop();
  }
}

const text = `Categories created by the deployed \`create-category\` below one parent and at the top, in turn, as for [Contention](#contention): ${creates}
in each of ${rounds(3)} rounds. Each writes 67 items, which is what they wait for here; below a parent, that is read first, and two of its items are
written, a count and a place ([decision 0016](decisions/0016-category-tree.md)). A **try** is a transaction.`;

const header = ['writers', 'below', 'creates/s', 'p50', 'p99', 'tries per create', '503s'];

const names = (function* () {
  for (let number = 1; ; number += 1) yield `Sibling ${number}`;
})();

async function measure(writers: number, limits: AwsLimits): Promise<string[][]> {
  const [parentId] = await createCategories(1);
  const kinds = [{}, { parentId }].map((place) => () => {
    return { routeKey: 'POST /categories', body: { name: names.next().value, ...place } };
  });
  const contended = await contend({ name: 'create-category', writers, creates }, kinds, limits);
  return contended.map(({ perSecond, percentile, perCreate, unavailable }, place) => [
    ...[String(writers), place === 0 ? 'none' : 'one', perSecond.toFixed(0)],
    ...[`${percentile(50).toFixed(0)} ms`, `${percentile(99).toFixed(0)} ms`],
    ...[perCreate.transactions.toFixed(2), String(unavailable)],
  ]);
}
