/** fast-check's commands: operations one by one and several at once, and lists, each held against the model. */
import fc from 'fast-check';
import { statuses } from '../../../src/catalog/product-parameters';
import type { Answer } from '../events';
import type { Product } from '../representations';
import { productsIn, type Catalogue, type CatalogueRequest } from './catalogue';
import { callers, operation, requestFor, type Operation } from './operations';
import { readList } from './lists';
import { apply } from './rules';
import type { Send, World } from './world';

type Command = fc.AsyncCommand<World, Send>;
interface Exchange {
  request: CatalogueRequest;
  place?: number;
  answer: Answer;
}

/** Operations of one or several callers, sent at the same time: their answers must be those of some order of them. */
class Together implements Command {
  constructor(readonly operations: Operation[]) {}

  check = () => true;

  async run(world: World, send: Send): Promise<void> {
    world.commands += 1;
    const planned = this.operations.flatMap((planned) => requestFor(planned, world) ?? []);
    const exchanges: Exchange[] = await Promise.all(
      planned.map(async (exchange) => ({ ...exchange, answer: await send(exchange.request) })),
    );
    world.catalogue = explain(world.catalogue, exchanges);
    for (const { request, answer, place } of exchanges) {
      world.see(request.caller, answer);
      if (answer.status !== 201 || place === undefined) continue;
      (request.route === 'POST /products' ? world.products : world.categories)[place] = answer.body.id;
    }
  }

  toString = () => fc.stringify(this.operations);
}

/** The catalogue after these exchanges. Throws where no order of them explains the answers. */
function explain(catalogue: Catalogue, exchanges: Exchange[]): Catalogue {
  const failures = new Set<string>();
  for (const order of orders(exchanges)) {
    const next = copy(catalogue);
    const wrong = firstWrong(next, order);
    if (wrong === undefined) return next;
    failures.add(wrong);
  }
  throw new Error(`No order of ${exchanges.length} requests explains their answers:\n${[...failures].join('\n')}`);
}

function firstWrong(catalogue: Catalogue, order: Exchange[]): string | undefined {
  for (const { request, answer } of order) {
    const wrong = apply(catalogue, request, answer, order.length === 1);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function* orders<Item>(items: Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [index, first] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [first, ...rest];
  }
}

/** Records are never changed in place. */
const copy = ({ products, categories, deleted, past, kept }: Catalogue): Catalogue => ({
  products: new Map(products),
  categories: new Map(categories),
  deleted: new Map(deleted),
  past: new Map(past),
  kept: new Map(kept),
});

interface Listing {
  caller: string;
  place: number;
  status: Product['status'] | undefined;
  limit: number;
}

/** The products of a category page by page, while nothing is written. */
class List implements Command {
  constructor(readonly listing: Listing) {}

  check = ({ categories }: Readonly<World>) => categories[this.listing.place] !== undefined;

  async run(world: World, send: Send): Promise<void> {
    world.commands += 1;
    const { catalogue, categories } = world;
    const { caller, place, status, limit } = this.listing;
    const categoryId = categories[place] ?? '';
    const query = { categoryId, limit: String(limit), ...(status && { status }) };
    const listed = await readList(send, { route: 'GET /admin/products', caller, query });
    expect(listed).toEqual(productsIn(catalogue, categoryId, status));
  }

  toString = () => `list ${fc.stringify(this.listing)}`;
}

const listing = fc.record({
  caller: fc.constantFrom(...callers),
  place: fc.nat({ max: 3 }),
  status: fc.option(fc.constantFrom(...statuses), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 4 }),
});

const several = fc.array(operation, { minLength: 2, maxLength: 4 });

export const commands = (most: number) =>
  fc.commands(
    [
      operation.map((alone) => new Together([alone])),
      several.map((operations) => new Together(operations)),
      // The same request twice at once.
      operation.map((twice) => new Together([twice, twice])),
      listing.map((list) => new List(list)),
    ],
    { maxCommands: most, size: 'max' },
  );
