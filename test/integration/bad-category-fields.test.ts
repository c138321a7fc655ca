/** One wrong field at a time in the body of a category. */
import { describeBadMembers, unknownMembers, type BadMember } from '../support/bad-members';
import { badText, deepArray, deepObject } from '../support/bad-text';
import { createCategory, send } from '../support/catalog';
import { expectProblem } from '../support/problems';
import { leavingNoTrace } from '../support/table-contents';

const ids = { category: '' };

beforeAll(async () => {
  ids.category = (await createCategory()).id;
});

const everywhere: BadMember[] = [
  ...unknownMembers,
  ['a deep object in an unknown field', '/deep', `{"deep":${deepObject}}`],
  ...badText.flatMap(([description, text]): BadMember[] => [
    [`${description} in the name`, '/name', { name: text }],
    [`${description} in the description`, '/description', { description: text }],
  ]),
  ['a null name', '/name', { name: null }],
  ['a number for a name', '/name', { name: 5 }],
  ['a list for a name', '/name', { name: ['Shoes'] }],
  ['a deep array for a name', '/name', `{"name":${deepArray}}`],
  ['a deep object for a name', '/name', `{"name":${deepObject}}`],
  ['an empty name', '/name', { name: '' }],
  ['a blank name', '/name', { name: ' \u00a0\u3000' }],
  ['a name of two lines', '/name', { name: 'a\nb' }],
  ['a name of 201 characters', '/name', { name: 'n'.repeat(201) }],
  ['a number for a description', '/description', { description: 5 }],
  ['a description of 5,001 characters', '/description', { description: 'd'.repeat(5_001) }],
  ['a number for a slug', '/slug', { slug: 5 }],
  ['a slug of 201 characters', '/slug', { slug: 's'.repeat(201) }],
  ['a number for a parent', '/parentId', { parentId: 5 }],
  ['a slug for a parent', '/parentId', { parentId: 'shoes' }],
  ['an empty parent', '/parentId', { parentId: '' }],
  ...['', 'Shoes', 'red shoe', 'a--b', '-a', 'a-', 'a_b', 'é', 'a\n', 'a/b', 'а'].map((slug): BadMember => [
    `the slug ${JSON.stringify(slug)}`,
    '/slug',
    { slug },
  ]),
];

const exceptInPatch: BadMember[] = [
  ['a null slug', '/slug', { slug: null }],
  ['a null description', '/description', { description: null }],
];

describeBadMembers(
  {
    collection: '/categories',
    parameter: 'categoryId',
    id: () => ids.category,
    valid: () => ({ name: 'Shoes', slug: 'valid', description: 'Valid' }),
  },
  everywhere,
  exceptInPatch,
);

describe('POST /categories', () => {
  it('returns 400 without a name', async () => {
    const answer = await leavingNoTrace(() => send('POST /categories', { body: {} }));
    expect(answer.body).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/name' }] });
  });

  it('names every wrong field at once', async () => {
    const answer = await leavingNoTrace(() => send('POST /categories', { body: { name: 5, slug: 'X', version: 1 } }));
    const pointers = ['/name', '/slug', '/version'].map((pointer) => ({ in: 'body', pointer }));
    expect(answer.body).toMatchObject({ errors: pointers });
  });

  it('answers a body of thousands of unknown fields with a short list', async () => {
    const body = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1]));
    const answer = await leavingNoTrace(() => send('POST /categories', { body }));
    expect(answer.body).toMatchObject({ code: 'invalid_request' });
    expect(JSON.stringify(answer.body).length).toBeLessThan(5_000);
  });

  it('returns 413 for thousands of fields beyond 64 KiB', async () => {
    const body = Object.fromEntries(Array.from({ length: 8_000 }, (_, index) => [`x${index}`, 1]));
    expectProblem(await leavingNoTrace(() => send('POST /categories', { body })), 413, 'body_too_large');
  });
});
