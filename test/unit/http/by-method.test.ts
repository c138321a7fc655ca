import { byMethod } from '../../../src/http/by-method';
import type { Endpoint } from '../../../src/http/endpoint';
import { fakeContext, fakeEvent } from '../../support/events';

const answering =
  (statusCode: number): Endpoint =>
  (event, context) =>
    Promise.resolve({ statusCode, body: `${event.routeKey} ${context.getRemainingTimeInMillis()}` });

const handler = byMethod({ PUT: answering(200), PATCH: answering(202) });
const send = (method: string) => handler(fakeEvent({ routeKey: `${method} /products` }), fakeContext(1_234));

describe('byMethod', () => {
  it.each([
    ['PUT', 200],
    ['PATCH', 202],
  ])('hands a %s with its context to its endpoint', async (method, statusCode) => {
    await expect(send(method)).resolves.toEqual({ statusCode, body: `${method} /products 1234` });
  });

  it.each(['GET', 'put', ''])('fails for a method without an endpoint: "%s"', (method) => {
    expect(() => send(method)).toThrow(`No endpoint for ${method}: serverless.yml routes it here`);
  });
});
