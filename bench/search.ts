/** Search: how long the search function takes to start and to answer, and what memory it holds, by the number of products. */
import { quantile } from './quantiles';
import { questions, times, type Measured } from './search-process';
import { header, row, warm } from './search-rows';
import { measureSizes } from './search-sizes';
import { isTrial, type Bar, type Part } from './section';

const sizes = isTrial ? [1_000, 21_000] : [1_000, 10_000, 100_000, 200_000];

export async function search(): Promise<Part[]> {
  const measured = await measureSizes(sizes);
  return [{ text, rows: [header, ...measured.map(row)], bars: measured.flatMap(barsOf) }];
}

const text = `The deployed bundle of \`search-products\` in a process of its own, asked by ${questions.length} questions ${times} times: words that all products
have, some, one or none, with filters and orders, and orders without words. Products as for [Growth](#growth), all of much the same name, which is
hard on a search. **Cold** is the first answer since the process began; from the table, most of it is the engine's reading, and a stage has
a snapshot of more than 20,000; **held** is memory after a
collection, **peak** the most that the process had; **taking it** is what \`take-search-snapshot\` needs, with the memory that it is deployed with. A search costs 2 read units, and one or so for each product that is shown; a
start costs 125 for each thousand products of 1 kB, by DynamoDB's rule for an index. [search.md](search.md#how-many-products) says
what to do with more products.`;

function barsOf({ size, start, figures: found }: Measured): Bar[] {
  if (typeof found === 'string') return [];
  if (size === 10_000) {
    return [{ what: 'search, cold, 10,000 products, s', bar: 1.5, stretch: 1, measured: found.cold / 1000 }];
  }
  if (size !== 100_000 || start !== 'snapshot') return [];
  return [
    { what: 'search, cold, 100,000 products, s', bar: 3, stretch: 1.5, measured: found.cold / 1000 },
    { what: 'search, warm p50, 100,000 products, ms', bar: 30, stretch: 15, measured: quantile(warm(found), 0.5) },
    { what: 'search, warm p99, 100,000 products, ms', bar: 80, stretch: 40, measured: quantile(warm(found), 0.99) },
    { what: 'search, memory held, 100,000 products, MB', bar: 250, stretch: 150, measured: found.held },
  ];
}
