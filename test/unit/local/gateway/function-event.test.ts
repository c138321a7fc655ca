import { behindGateway } from '../../../../local/gateway/function-event';
import { contextHeader } from '../../../../local/gateway/headers';

const seenBy = (event: unknown) => behindGateway((given, context) => ({ given, context }))(event, 'context');

const offline = (passed: object) => ({
  routeKey: 'GET /products',
  headers: { accept: '*/*', [contextHeader]: JSON.stringify(passed) },
  requestContext: { requestId: 'offlineContext_resourceId', stage: '$default', authorizer: passed },
});

describe('behindGateway', () => {
  it('gives a function the id that the gateway has passed on, and nothing else that is not of AWS', () => {
    const jwt = { claims: { sub: 'user-1' }, scopes: null };
    expect(seenBy(offline({ jwt, requestId: 'request-1' }))).toEqual({
      given: {
        routeKey: 'GET /products',
        headers: { accept: '*/*' },
        requestContext: { requestId: 'request-1', stage: '$default', authorizer: { jwt } },
      },
      context: 'context',
    });
  });

  it.each([
    ['of a user pool', { triggerSource: 'PostConfirmation_ConfirmSignUp', request: { userAttributes: {} } }],
    ['to an authorizer', { routeKey: 'GET /products', headers: { accept: '*/*' }, requestContext: { requestId: 'a' } }],
  ])('leaves an event %s as it is', (_, event) => {
    expect(seenBy(event)).toEqual({ given: event, context: 'context' });
  });
});
