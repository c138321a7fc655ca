/** Catalogues of any size, each in an engine of its own and filled by the engine's import of DynamoDB exports. */
import { ulid } from 'ulid';
import { startImported, type Imported, type WriteItems } from './imported';
import { copyOf, type Models } from './models';

export interface Stock extends Imported {
  /** Ids of the products, oldest first. */
  all: string[];
  active: string[];
  archived: string[];
}

/** Starts an engine that has so many products, one status after the other in turn. Throws without the embedded engine. */
export async function startStock(models: Models, size: number): Promise<Stock> {
  const ids = { all: new Array<string>(), active: new Array<string>(), archived: new Array<string>() };
  const engine = await startImported(models, (write) => {
    writeProducts(models, size, ids, write);
  });
  return { ...engine, ...ids };
}

const perFile = 10_000;

function writeProducts(
  { category, products }: Models,
  size: number,
  ids: Pick<Stock, 'all' | 'active' | 'archived'>,
  write: WriteItems,
): void {
  const oldest = Date.now() - size;
  for (let start = 0; start < size; start += perFile) {
    const items: string[] = [];
    for (let number = start; number < Math.min(start + perFile, size); number += 1) {
      const model = products[number % products.length];
      if (!model) throw new Error('There are no models');
      const id = ulid(oldest + number);
      const sku = `SKU-${String(number).padStart(8, '0')}`;
      ids.all.push(id);
      if (model.status !== 'draft') ids[model.status].push(id);
      items.push(copyOf(model, { id, sku }));
    }
    write(String(start), items);
  }
  write('category', countAll(category, ids));
}

/** The items of the category, with all products in the first of its counts. */
function countAll(category: string[], { all, active }: Pick<Stock, 'all' | 'active'>): string[] {
  const count = (item: string, name: string, value: number) =>
    item.replace(new RegExp(`"${name}":\\{"N":"-?\\d+"\\}`), `"${name}":{"N":"${value}"}`);
  return category.map((item) => {
    const isFirst = item.includes('"COUNT#00"');
    return count(count(item, 'products', isFirst ? all.length : 0), 'active', isFirst ? active.length : 0);
  });
}
