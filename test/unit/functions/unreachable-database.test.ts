/** A handler whose database is gone, in a Node of its own: under Jest the SDK does not know the errors of sockets. */
import { freePort } from '../../../local/processes/ports';
import type { FakeRequest } from '../../support/events';
import { callInOwnProcess } from '../../support/own-process';

describe('a database that cannot be reached', () => {
  it.each<[string, FakeRequest]>([
    ['list-categories', { routeKey: 'GET /categories' }],
    ['create-category', { routeKey: 'POST /categories', body: { name: 'Shoes' } }],
  ])('makes %s answer 503 busy with Retry-After', async (name, request) => {
    const { answer } = await callInOwnProcess(name, request, { endpoint: `http://127.0.0.1:${await freePort()}` });
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '1' }, body: { code: 'busy' } });
  });
});
