/** Search of a million products, which are more than it is for: what it takes all the same. */
import { functionMemory, questions, startSearchProcesses, times } from './search-process';
import { header, row } from './search-rows';
import { isTrial, type Part } from './section';
import { withStores } from './stores';

const size = isTrial ? 1_000 : 1_000_000;

export const millionSearch = (): Promise<Part[]> =>
  withStores([size], [], async (stores, models) => {
    const processes = await startSearchProcesses();
    try {
      const rows: string[][] = [];
      for (const { stock } of stores) {
        rows.push(...(await processes.measure(models, stock, size, [undefined, functionMemory])).map(row));
      }
      return [{ text, rows: [header, ...rows] }];
    } finally {
      await processes.stop();
    }
  });

const text = `The search function, as [further up](#search): the ${questions.length} questions ${times} times. Of more than 200,000 products its log says once that they are too many, and it
answers. With ${functionMemory} MB, as it is deployed, Node has the limits that Lambda gives it; without, it takes what it wants. Lambda ends what takes more
memory in all (**peak**) than it is given, and a start that takes longer than 30 s.`;
