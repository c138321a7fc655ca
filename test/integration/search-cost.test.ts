/** What a search asks of the database once its index is built: what has changed, and the records that it shows. */
import { createCategory, createProduct, send } from '../support/catalog';
import { trafficOf } from '../support/round-trips';
import '../support/search-function';

const search = () => send('GET /products', { query: { q: 'lamp', limit: '3' } });

it('asks the four partitions of changes, and reads what it shows', async () => {
  await trafficOf(async () => {
    const { id } = await createCategory();
    for (const number of [1, 2, 3, 4]) await createProduct(id, { name: `Lamp ${number}` });
    // Builds the index.
    await search();
  });
  const { actions, units, result } = await trafficOf(search);
  expect(result.body.items).toHaveLength(3);
  expect(actions).toEqual(['Query', 'Query', 'Query', 'Query', 'BatchGetItem']);
  // Half a unit at least for each query, and one for each product.
  expect(units).toMatchObject({ write: 0, indexWrite: 0 });
  expect(units.read).toBeLessThanOrEqual(4 * 0.5 + 3);
});
