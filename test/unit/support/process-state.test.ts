/** What one test file leaves behind is gone before the next of the same process. */
import { AsyncLocalStorage } from 'node:async_hooks';

const { rememberProcess } = jest.requireActual<{ rememberProcess: () => () => void }>('../../support/process-state');

it('makes globals what they were: without new ones, with those that were replaced or deleted', () => {
  const { fetch, structuredClone } = globalThis;
  const putBack = rememberProcess();
  Object.assign(globalThis, { fetch: () => 'mine', leftBehind: true });
  Reflect.deleteProperty(globalThis, 'structuredClone');
  expect(globalThis).not.toHaveProperty('structuredClone');
  putBack();
  expect(globalThis).not.toHaveProperty('leftBehind');
  expect(globalThis).toMatchObject({ fetch, structuredClone });
});

it('makes environment variables what they were: without new ones, with those that were replaced or deleted', () => {
  process.env['KEPT'] = 'before';
  process.env['DELETED'] = 'before';
  const putBack = rememberProcess();
  Object.assign(process.env, { KEPT: 'after', LEFT_BEHIND: 'after' });
  delete process.env['DELETED'];
  putBack();
  expect(process.env).toMatchObject({ KEPT: 'before', DELETED: 'before' });
  expect(process.env).not.toHaveProperty('LEFT_BEHIND');
});

it('ends what was made of AsyncLocalStorage, with which every later promise would have more to carry', async () => {
  const putBack = rememberProcess();
  const storage = new AsyncLocalStorage<string>();
  const values = await storage.run('mine', async () => {
    const inside = storage.getStore();
    putBack();
    await Promise.resolve();
    return [inside, storage.getStore()];
  });
  expect(values).toEqual(['mine', undefined]);
});
