/** Import this, and the search function listens during the tests of a file. */
import { handler } from '../../functions/search-products';
import { listenForSearches } from './function-socket';

let stop: () => void;

beforeAll(async () => {
  stop = await listenForSearches(handler);
});
afterAll(() => stop());
