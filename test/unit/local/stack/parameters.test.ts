/** Which parameters of a deploy the local stack goes by. */
import { readParameters } from '../../../../local/stack/parameters';

it('takes the authorizer jwt unless another is given', () => {
  expect(readParameters([])).toEqual({ authorizer: 'jwt', parameters: { authorizer: 'jwt' }, withoutEffect: [] });
  expect(readParameters(['authorizer=iam']).authorizer).toBe('iam');
});

it('takes the later of two with one name', () => {
  expect(readParameters(['authorizer=iam', 'authorizer=lambda']).parameters).toEqual({ authorizer: 'lambda' });
});

it('tells those apart that only a deploy has a use for', () => {
  const given = ['burst=5', 'reads=public', 'tableName=another', 'authorizerCacheSeconds=300', 'selfSignUp=closed'];
  expect(readParameters(given)).toEqual({
    authorizer: 'jwt',
    parameters: { authorizer: 'jwt', reads: 'public', authorizerCacheSeconds: '300', selfSignUp: 'closed' },
    withoutEffect: ['burst', 'tableName'],
  });
});

it('refuses to let in without a second factor whom a deploy would ask for one', () => {
  expect(() => readParameters(['mfa=required'])).toThrow('The local user pool has no second factor, and would let in');
  expect(readParameters(['mfa=off', 'mfa=optional']).withoutEffect).toEqual(['mfa']);
});

it('refuses what a deploy refuses', () => {
  expect(() => readParameters(['read=public'])).toThrow('There is no parameter "read". The nearest is reads; all are ');
  expect(() => readParameters(['burst=many'])).toThrow('The parameter burst must be a whole number, not "many".');
});
