/** Search of a million products, which are more than it is for: what it takes all the same. */
import { functionMemory, questions, times } from './search-process';
import { header, row } from './search-rows';
import { measureSizes } from './search-sizes';
import { isTrial, type Part } from './section';

const size = isTrial ? 1_000 : 1_000_000;

export async function millionSearch(): Promise<Part[]> {
  const measured = await measureSizes([size], [functionMemory, undefined]);
  return [{ text, rows: [header, ...measured.map(row)] }];
}

const text = `The search function, as [further up](#search): the ${questions.length} questions ${times} times. Of more than 200,000 products its log says once that they are too many, and it
answers. With ${functionMemory} MB, as it is deployed, Node has the limits that Lambda gives it; without, it takes what it wants. Lambda ends what takes more
memory in all (**peak**) than it is given, and a start that takes longer than 30 s. From the table, most of the time is the embedded engine's. A search costs
2 read units and those of the products that are shown, as of any number; a start from the table, and each taking of the snapshot, 125,000.`;
