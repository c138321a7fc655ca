/** What the deployed handlers write for a product of each status: models that catalogues of any size are copied from. */
import { DescribeTableCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { localCredentials, localRegion } from '../local/account';
import { statuses, type ProductStatus } from '../src/catalog/product-parameters';
import { call } from '../test/support/events';
import { bundleFunction } from './bundle';
import { loadHandler, productFields, startCatalogue } from './catalogue';

export interface Models {
  /** The environment that the handlers had. */
  environment: Record<string, string>;
  /** The table, as DescribeTable tells of it. */
  table: object;
  /** The category of all products. */
  categoryId: string;
  /** Its items. */
  category: string[];
  products: Model[];
}

/** All items of a product, each one line as DynamoDB exports it. */
interface Model {
  status: ProductStatus;
  id: string;
  sku: string;
  items: string;
}

/** Makes a product of each status through the deployed handler, and takes what the table then has of it. */
export async function makeModels(): Promise<Models> {
  const catalogue = await startCatalogue();
  try {
    const { environment } = catalogue;
    const [categoryId = ''] = catalogue.categories;
    const made: Omit<Model, 'items'>[] = [];
    for (const status of statuses) made.push({ status, ...(await createProduct(categoryId, status)) });

    const { table, items } = await readTable(environment);
    const mentioning = (id: string) => items.filter((item) => item.includes(id));
    const products = made.map((product) => ({ ...product, items: mentioning(product.id).join('\n') }));
    const category = mentioning(categoryId).filter((item) => !item.includes('PRODUCT'));
    return { environment, table, categoryId, category, products };
  } finally {
    await catalogue.stop();
  }
}

/** The items of a model, as those of another product. The slug has the SKU in lower case. */
export const copyOf = ({ items, id, sku }: Omit<Model, 'status'>, to: { id: string; sku: string }): string =>
  items.replaceAll(id, to.id).replaceAll(sku, to.sku).replaceAll(sku.toLowerCase(), to.sku.toLowerCase());

async function createProduct(categoryId: string, status: ProductStatus): Promise<{ id: string; sku: string }> {
  const handler = await loadHandler((await bundleFunction('create-product')).file);
  const body = { ...productFields(`MODEL-${status.toUpperCase()}`, categoryId), status };
  const answer = await call(handler, { routeKey: 'POST /products', body });
  return z.object({ id: z.string(), sku: z.string() }).parse(answer.body);
}

async function readTable({ DYNAMODB_ENDPOINT: endpoint = '', TABLE_NAME: TableName = '' }: Record<string, string>) {
  const client = new DynamoDBClient({ endpoint, region: localRegion, credentials: localCredentials });
  try {
    const { Table = {} } = await client.send(new DescribeTableCommand({ TableName }));
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    return { table: Table, items: Items.map((Item) => JSON.stringify({ Item })) };
  } finally {
    client.destroy();
  }
}
