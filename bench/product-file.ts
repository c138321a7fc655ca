/** CSV files of new products, as somebody would import them. */
import { writeFileSync } from 'node:fs';

interface Wanted {
  count: number;
  /** What all SKUs begin with. */
  prefix: string;
  /** Slugs of the categories that the products are in, in turn. */
  categories: string[];
}

const columns = 'sku,name,amount,currency,stockCount,category';

export function writeProductFile(file: string, { count, prefix, categories }: Wanted): void {
  const rows = Array.from({ length: count }, (_, number) => {
    const sku = `${prefix}-${String(number).padStart(6, '0')}`;
    return `${sku},Red shoe ${sku},${100 + number},EUR,12,${categories[number % categories.length] ?? ''}`;
  });
  writeFileSync(file, [columns, ...rows, ''].join('\n'));
}
