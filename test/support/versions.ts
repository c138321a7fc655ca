/** Products that have been changed hundreds of times. */
import { BatchWriteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents, tableName } from '../../src/dynamodb/client';
import { change } from './changes';

/** Makes later versions of a product out of its second, each with a stock of its number: as PATCH writes them, but sooner. */
export async function addVersions(id: string, latest: number): Promise<void> {
  const pk = `PRODUCT#${id}`;
  const read = async (sk: string) => {
    const { Item = {} } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk, sk } }));
    return Item;
  };
  const keyOf = (version: number) => `HISTORY#${String(version).padStart(10, '0')}`;
  const second = await read(keyOf(2));
  const items = Array.from({ length: latest - 2 }, (_, at) => at + 3).map((version) => ({
    ...{ ...second, sk: keyOf(version), version, changes: [change('/stockCount', version - 1, version)] },
    changeKey: String(second['changeKey']).replace(/\d+$/, String(version).padStart(10, '0')),
  }));
  const product = { ...(await read('PRODUCT')), version: latest, stockCount: latest };
  const requests = [product, ...items].map((Item) => ({ PutRequest: { Item } }));
  for (let from = 0; from < requests.length; from += 25) {
    const RequestItems = { [tableName]: requests.slice(from, from + 25) };
    await documents.send(new BatchWriteCommand({ RequestItems }));
  }
}
