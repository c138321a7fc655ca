/** Many callers at once under one key: one record, and the same answer for whoever asks for the same. */
import { createCategory, productFields } from '../support/catalog';
import { creations, idsNamed, newKey, post } from '../support/creations';
import { callers } from '../support/depth';
import type { Answer } from '../support/events';
import { outcomes, race } from '../support/race';
import { expectSoundTable } from '../support/table-contents';

const isReplayed = ({ headers }: Answer) => headers['idempotency-replayed'] === 'true';

/** Expects one answer of its own, the same for all the others who were told that it is the first one's, and no more. */
function expectOneAnswer(answers: Answer[]): Answer {
  const [first, ...others] = answers.filter((answer) => !isReplayed(answer));
  expect(others).toEqual([]);
  if (!first) throw new Error('Every answer was said to be a repetition');
  const again = { ...first, headers: { ...first.headers, 'idempotency-replayed': 'true' } };
  expect(answers.filter(isReplayed)).toEqual(Array(answers.length - 1).fill(again));
  return first;
}

describe.each(creations)(`$route by ${callers} callers`, ({ route, newBody }) => {
  it.each([
    ['a slug of its own', () => ({ slug: `race-${newKey()}` })],
    ['a derived slug', () => ({})],
  ])(`makes one record of %s under one key, and gives ${callers} equal answers`, async (_, slug) => {
    const [key, body] = [newKey(), { ...(await newBody()), ...slug() }];
    const answers = await race(() => post(route, key, body));
    expect(outcomes(answers)).toEqual({ '201': callers });
    const { id } = expectOneAnswer(answers).body;
    expect(await idsNamed(body.name)).toEqual([id]);
  });

  it('makes one record under one key also where the derived slug is taken', async () => {
    const [key, body] = [newKey(), await newBody()];
    const taken = body.name.toLowerCase().replace(' ', '-');
    expect(await post(route, newKey(), { ...(await newBody()), slug: taken })).toMatchObject({ status: 201 });
    const first = expectOneAnswer(await race(() => post(route, key, body)));
    expect(first).toMatchObject({ status: 201, body: { slug: expect.stringMatching(`^${taken}-[0-9a-z]{6}$`) } });
    expect(await idsNamed(body.name)).toEqual([first.body.id]);
  });

  it('makes one record of two requests under one key, and gives 422 to those who sent the other', async () => {
    const [key, bodies] = [newKey(), [await newBody(), await newBody()] as const];
    const answers = await race((caller) => post(route, key, bodies[caller % 2 === 0 ? 0 : 1]));
    expect(outcomes(answers)).toEqual({ '201': callers / 2, '422 idempotency_key_reused': callers / 2 });
    const { id } = expectOneAnswer(answers.filter(({ status }) => status === 201)).body;
    expect([...(await idsNamed(bodies[0].name)), ...(await idsNamed(bodies[1].name))]).toEqual([id]);
  });

  it(`makes ${callers} records for ${callers} callers with the same key`, async () => {
    const [key, bodies] = [newKey(), await Promise.all(Array.from({ length: callers }, newBody))];
    const answers = await race((caller) => post(route, key, bodies[caller] ?? {}, { sub: `sub-${caller}` }));
    expect(outcomes(answers)).toEqual({ '201': callers });
    expect(answers.filter(isReplayed)).toEqual([]);
    expect(answers.map(({ body }) => body.createdBy)).toEqual(answers.map((_, caller) => `sub-${caller}`));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(callers);
    await expectSoundTable();
  });
});

it('one key for a product and a category makes one of them', async () => {
  const [key, product, category] = [newKey(), productFields((await createCategory()).id), { name: 'Either or' }];
  const answers = await race((caller) =>
    caller % 2 === 0 ? post('POST /products', key, product) : post('POST /categories', key, category),
  );
  expect(outcomes(answers)).toEqual({ '201': callers / 2, '422 idempotency_key_reused': callers / 2 });
  const { id } = expectOneAnswer(answers.filter(({ status }) => status === 201)).body;
  expect([...(await idsNamed(product.name)), ...(await idsNamed(category.name))]).toEqual([id]);
});
