/** Many callers at once on a tree of categories: parents that are there, no circles, no more than eight levels, exact counts. */
import { createCategory, pathOf, productFields, readCategory, send } from '../support/catalog';
import { callers } from '../support/depth';
import type { Answer } from '../support/events';
import { outcomes, race, scatter } from '../support/race';
import { expectSoundTable } from '../support/table-contents';
import { emptyTable } from '../support/test-table';

const below = (parentId: string | null, fields: object = {}) =>
  send('POST /categories', { body: { name: 'Below', ...fields, parentId } });
const move = (id: string, parentId: string | null) =>
  send('PATCH /categories/{categoryId}', { id, body: { parentId } });
const remove = (id: string) => send('DELETE /categories/{categoryId}', { id });
const those = (answers: Answer[], status: number) => answers.filter((answer) => answer.status === status).length;

/** So many categories, each below the one before. */
async function createChain(length: number, parentId?: string): Promise<string[]> {
  const ids: string[] = [];
  for (let level = 0; level < length; level += 1) {
    ids.push((await createCategory({ parentId: ids.at(-1) ?? parentId })).id);
  }
  return ids;
}
const last = (ids: string[]) => ids.at(-1) ?? '';

beforeEach(emptyTable);
afterEach(expectSoundTable);

describe('a circle', () => {
  it('never comes of two categories that are moved below each other', async () => {
    const [left, right] = [await createCategory(), await createCategory()];
    const answers = await race((caller) => (caller % 2 === 0 ? move(left.id, right.id) : move(right.id, left.id)));
    expect(outcomes(answers)).toEqual({ '200': callers / 2, '422 category_cycle': callers / 2 });
  });

  it('never comes of five that are moved below each other in a ring', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1) ids.push((await createCategory()).id);
    const answers = await race((caller) => move(ids[caller % 5] ?? '', ids[(caller + 1) % 5] ?? ''));
    expect(outcomes(answers)).toEqual({ '200': (callers * 4) / 5, '422 category_cycle': callers / 5 });
  });

  it('never comes of two families that are moved below each other’s last', async () => {
    const [left, right] = [await createChain(3), await createChain(3)];
    const answers = await race((caller) =>
      caller % 2 === 0 ? move(left[0] ?? '', last(right)) : move(right[0] ?? '', last(left)),
    );
    expect(outcomes(answers)).toEqual({ '200': callers / 2, '422 category_cycle': callers / 2 });
  });
});

describe('a parent', () => {
  it.each([0, callers / 2])('never goes while others come below it (caller %d deletes)', async (deleter) => {
    const { id } = await createCategory();
    const answers = await race((caller) => (caller === deleter ? remove(id) : below(id)));
    const gone = those(answers, 204) === 1;
    expect(outcomes(answers)).toEqual(
      gone ? { '204': 1, '422 parent_not_found': callers - 1 } : { '201': callers - 1, '409 category_has_children': 1 },
    );
  });

  it('never goes while others are moved below it', async () => {
    const { id } = await createCategory();
    const others: string[] = [];
    for (let number = 0; number < 10; number += 1) others.push((await createCategory()).id);
    const answers = await race((caller) => (caller === 0 ? remove(id) : move(others[caller % 10] ?? '', id)));
    const gone = those(answers, 204) === 1;
    expect(outcomes(answers)).toEqual(
      gone ? { '204': 1, '422 parent_not_found': callers - 1 } : { '200': callers - 1, '409 category_has_children': 1 },
    );
  });

  it('goes once its last child has moved away, whoever was first', async () => {
    const [parent, child] = await createChain(2);
    const elsewhere = await createCategory();
    const answers = await scatter((caller) =>
      caller === callers / 2 ? move(child ?? '', elsewhere.id) : remove(parent ?? ''),
    );
    expect(answers[callers / 2]?.status).toBe(200);
    expect(those(answers, 204)).toBeLessThanOrEqual(1);
    expect(those(answers, 204) + those(answers, 409) + those(answers, 404)).toBe(callers - 1);
    expect(await pathOf(child ?? '')).toHaveLength(2);
  });
});

describe('the eighth level', () => {
  it('is the last when categories come below one that is moved down', async () => {
    const [high, deep] = [await createChain(3), await createChain(5)];
    const answers = await race((caller) => (caller === 0 ? move(high[0] ?? '', last(deep)) : below(last(high))));
    const moved = answers[0]?.status === 200;
    expect(outcomes(answers)).toEqual(
      moved ? { '200': 1, '422 category_too_deep': callers - 1 } : { '201': callers - 1, '422 category_too_deep': 1 },
    );
  });

  it('is the last when each half of a path is moved down', async () => {
    const [upper, lower, roof] = [await createChain(4), await createChain(4), await createCategory()];
    const answers = await race((caller) =>
      caller % 2 === 0 ? move(lower[0] ?? '', last(upper)) : move(upper[0] ?? '', roof.id),
    );
    expect(outcomes(answers)).toEqual({ '200': callers / 2, '422 category_too_deep': callers / 2 });
  });
});

it('categories come below one parent together, and all of them are counted', async () => {
  const [top = '', parent = ''] = await createChain(2);
  expect(outcomes(await race(() => below(parent)))).toEqual({ '201': callers });
  expect(await remove(parent)).toMatchObject({ status: 409, body: { childCount: callers } });
  expect(await remove(top)).toMatchObject({ status: 409, body: { childCount: 1 } });
});

it('a category is moved while products come into it and into what is below it', async () => {
  const [parent = '', child = ''] = await createChain(2);
  const roof = await createCategory();
  const bodies = Array.from({ length: callers }, (_, caller) => productFields(caller % 2 === 0 ? parent : child));
  const answers = await race((caller) =>
    caller === 0 ? move(parent, roof.id) : send('POST /products', { body: bodies[caller] }),
  );
  expect(outcomes(answers)).toEqual({ '200': 1, '201': callers - 1 });
  expect(await readCategory(child)).toMatchObject({ productCount: callers / 2, version: 1 });
});
