/** What the page makes of an answer that is no success, and says at the fields of a form. */
import { fieldFaults, isPassing, Problem, problemOf } from '../../../console/api/problem';
import { errorFaults, faultsLeft } from '../../../console/products/faults';
import { emptyValues } from '../../../console/products/values';

const refusal = (...errors: { pointer: string; detail: string }[]) =>
  new Problem(400, 'invalid_request', 'The request has values that cannot be accepted', { errors });

it('takes a problem document at its word', async () => {
  const body = { status: 409, code: 'sku_taken', detail: 'Another product has the SKU "A"', field: 'sku', value: 'A' };
  const problem = await problemOf(Response.json(body, { status: 409 }));
  expect(problem).toMatchObject({ status: 409, code: 'sku_taken', message: body.detail });
  expect(errorFaults(problem)).toEqual({ sku: body.detail });
});

// As API Gateway answers by itself (developer guide, "Customizing HTTP API error responses"), and what stands before it.
it.each([
  ['one of API Gateway', 503, '{"message":"Service Unavailable"}', true],
  ['too many requests', 429, '{"message":"Too Many Requests"}', true],
  ['a page', 502, '<html>Bad gateway</html>', true],
  ['a number', 500, '7', true],
  ['nothing at all', 504, '', true],
  ['a refusal of API Gateway', 403, '{"message":"Forbidden"}', false],
])(
  'says of %s in words that nothing can be done just now, and whether to try again',
  async (_, status, body, passes) => {
    const problem = await problemOf(new Response(body, { status }));
    expect([problem.status, problem.message]).toEqual([status, 'The console cannot answer just now']);
    expect(isPassing(problem)).toBe(passes);
  },
);

it('says at each field all that is wrong with it, and which attribute or picture it is', () => {
  const error = refusal(
    { pointer: '/sku', detail: 'must not be empty' },
    { pointer: '/price/amount', detail: 'must be at least 0' },
    { pointer: '/attributes/a~1b', detail: 'must have at most 1000 characters' },
    { pointer: '/attributes/c', detail: 'must have at most 1000 characters' },
    { pointer: '/images/1/alt', detail: 'must have at most 200 characters' },
  );
  expect(errorFaults(error)).toEqual({
    sku: 'Must not be empty',
    amount: 'Must be at least 0',
    attributes:
      '“\u2068a/b\u2069” must have at most 1000 characters. “\u2068c\u2069” must have at most 1000 characters',
    images: 'Picture 2 must have at most 200 characters',
  });
});

it('names no field where the refusal names none', () => {
  expect(fieldFaults(new Problem(404, 'product_not_found', 'There is no such product'))).toEqual([]);
  expect(fieldFaults(new Error('no answer'))).toEqual([]);
});

it('tells no more of what has been changed since, an amount with its currency', () => {
  const faults = { name: 'Give it a name', amount: 'Type an amount of EUR, such as 19.99' };
  expect(faultsLeft(faults, emptyValues, { ...emptyValues, currency: 'JPY' })).toMatchObject({ name: faults.name });
  expect(faultsLeft(faults, emptyValues, { ...emptyValues, currency: 'JPY' }).amount).toBeUndefined();
  expect(faultsLeft(faults, emptyValues, { ...emptyValues, name: 'Mug' })).toMatchObject({ amount: faults.amount });
  expect(faultsLeft(faults, emptyValues, { ...emptyValues, name: 'Mug' }).name).toBeUndefined();
  expect(faultsLeft(faults, emptyValues, emptyValues)).toMatchObject(faults);
});
