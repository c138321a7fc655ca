/** Searches where indexes lag by up to two seconds: nothing hidden is shown meanwhile, and all is found once the lag is over. */
import { listenForSearches } from '../support/function-socket';
import { inFlight } from '../support/in-flight';
import { idsOf, startLateCatalogue, type LateCatalogue } from '../support/late-catalogue';

let late: LateCatalogue;
let stop: () => void;

beforeAll(async () => {
  late = await startLateCatalogue();
  stop = await listenForSearches((await import('../../functions/search-products')).handler);
});
afterAll(async () => {
  stop();
  await late.limits.stop();
});

const search = async (q: string, route = 'GET /products') => (await late.productPages(route, { q })).flat();

it('finds what was created as soon as the record of changes knows it', async () => {
  const { id: categoryId } = await late.createCategory();
  await inFlight([...Array(40).keys()], 8, async (number) => {
    const name = `Fresh number-${number}-`;
    const { id } = await late.createProduct(categoryId, { name });
    const state = { arrived: false };
    void late.limits.settled().then(() => (state.arrived = true));
    for (let found: string[] = []; !found.includes(id);) {
      const { arrived } = state;
      found = idsOf(await search(name));
      expect(found).toEqual(arrived || found.length > 0 ? [id] : []);
    }
  });
});

it('shows nothing hidden or deleted meanwhile, and at last knows every change', async () => {
  const { id: categoryId } = await late.createCategory({ name: 'Late' });
  const made = await Promise.all(
    [...Array(30).keys()].map((number) => late.createProduct(categoryId, { name: `Lamp ${number}` })),
  );
  await late.limits.settled();
  expect(idsOf(await search('lamp')).sort()).toEqual(idsOf(made).sort());

  const [drafts, gone, renamed, kept] = [made.slice(0, 5), made.slice(5, 10), made.slice(10, 15), made.slice(15)];
  await Promise.all([
    ...drafts.map(({ id }) => late.patch(id, { status: 'draft' })),
    ...gone.map(({ id }) => late.remove(id)),
    ...renamed.map(({ id }) => late.patch(id, { name: 'Torch', slug: null })),
  ]);
  // The index may not know yet, and the records do.
  const shown = await search('lamp');
  const hidden = new Set(idsOf([...drafts, ...gone]));
  expect(shown.filter(({ id, status }) => hidden.has(id) || status !== 'active')).toEqual([]);
  expect(idsOf(shown)).toEqual(expect.arrayContaining(idsOf(kept)));

  await late.limits.settled();
  expect(idsOf(await search('lamp')).sort()).toEqual(idsOf(kept).sort());
  expect(idsOf(await search('torch')).sort()).toEqual(idsOf(renamed).sort());
  expect(idsOf(await search('lamp', 'GET /admin/products')).sort()).toEqual(idsOf([...kept, ...drafts]).sort());
});
