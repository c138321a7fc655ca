import fc from 'fast-check';
import { allows } from '../../../../local/iam/role-policy';
import { rounds } from '../../../support/depth';

const api = 'arn:aws:execute-api:eu-central-1:000000000000:local/$default';
const request = { action: 'execute-api:Invoke', resource: `${api}/GET/products` };
const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: `${api}/GET/products` };
const policy = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const allow = (change: object = {}, resource = request.resource) =>
  allows([policy({ ...statement, ...change })], { ...request, resource });

describe('allows', () => {
  it('says yes where a statement has the action and the resource', () => {
    expect(allow()).toBe(true);
    expect(allow({ Sid: 'Reads' })).toBe(true);
    expect(allow({ Action: ['logs:PutLogEvents', 'execute-api:Invoke'] })).toBe(true);
    expect(allow({ Resource: [`${api}/POST/products`, `${api}/GET/products`] })).toBe(true);
  });

  it('says no without a policy, a statement, an action or a resource', () => {
    expect(allows([], request)).toBe(false);
    expect(allows([policy()], request)).toBe(false);
    expect(allow({ Action: [] })).toBe(false);
    expect(allow({ Resource: [] })).toBe(false);
  });

  it('compares actions without regard to case, and resources exactly', () => {
    expect(allow({ Action: 'EXECUTE-API:invoke' })).toBe(true);
    expect(allow({ Action: 'execute-api:InvokeAll' })).toBe(false);
    expect(allow({ Action: 'execute-api:Invok' })).toBe(false);
    expect(allow({}, `${api}/GET/Products`)).toBe(false);
    expect(allow({}, `${api}/GET/products/`)).toBe(false);
    expect(allow({}, `${api}/POST/products`)).toBe(false);
    expect(allow({}, `x${api}/GET/products`)).toBe(false);
  });

  it('takes wildcards in actions', () => {
    for (const Action of ['*', 'execute-api:*', 'execute-api:Inv*', 'execute-api:Invok?', 'execute-api:*voke']) {
      expect(allow({ Action })).toBe(true);
    }
    for (const Action of ['execute-api:?', 'execute-api:Invoke?', 'logs:*']) expect(allow({ Action })).toBe(false);
  });

  it('takes wildcards in resources, of one character and of any number', () => {
    const products = { Resource: `${api}/GET/products/*` };
    expect(allow(products, `${api}/GET/products/1`)).toBe(true);
    expect(allow(products, `${api}/GET/products/1/2`)).toBe(true);
    expect(allow(products, `${api}/GET/products/`)).toBe(true);
    expect(allow(products, `${api}/GET/products/a:b`)).toBe(true);
    expect(allow(products, `${api}/GET/products`)).toBe(false);
    expect(allow(products, `${api}/GET/productsX1`)).toBe(false);
    expect(allow({ Resource: `${api}/GET/product?` })).toBe(true);
    expect(allow({ Resource: `${api}/GET/products?` })).toBe(false);
    expect(allow({ Resource: '*' })).toBe(true);
    expect(allow({ Resource: 'arn:aws:execute-api:*' })).toBe(true);
    expect(allow({ Resource: 'arn:aws:execute-api:*:*:*/*/*/products' })).toBe(true);
  });

  it('does not take a wildcard within a part of an ARN over its colon', () => {
    expect(allow({ Resource: 'arn:aws:execute-api:eu-*l-1:000000000000:local/$default/GET/products' })).toBe(true);
    expect(allow({ Resource: 'arn:aws:execute-api:eu-*0:local/$default/GET/products' })).toBe(false);
    expect(allow({ Resource: 'arn:aws:execute-api:eu-central-1?000000000000:local/$default/GET/products' })).toBe(
      false,
    );
  });

  it('says no where any statement of any policy denies', () => {
    const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
    const denial = { ...statement, Effect: 'Deny' };
    expect(allows([policy(everything)], request)).toBe(true);
    expect(allows([policy(everything, denial)], request)).toBe(false);
    expect(allows([policy(denial, everything)], request)).toBe(false);
    expect(allows([policy(denial), policy(everything)], request)).toBe(false);
    expect(allows([policy(everything), policy({ ...denial, Action: 'execute-api:*' })], request)).toBe(false);
    expect(allows([policy(everything, { ...denial, Resource: `${api}/POST/*` })], request)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a condition', policy({ ...statement, Condition: {} })],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 'logs:*', Resource: '*' })],
    ['NotAction beside Action', policy({ ...statement, NotAction: 'logs:*' })],
    ['NotResource', policy({ ...statement, NotResource: `${api}/POST/*` })],
    ['a principal', policy({ ...statement, Principal: '*' })],
    ['another version', { ...policy(statement), Version: '2008-10-17' }],
    ['no version', { Statement: [statement] }],
    ['an id', { ...policy(statement), Id: 'policy' }],
    ['a statement that is no list', { Version: '2012-10-17', Statement: statement }],
    ['no statement', { Version: '2012-10-17' }],
    ['no action', policy({ Effect: 'Allow', Resource: '*' })],
    ['no resource', policy({ Effect: 'Allow', Action: '*' })],
    ['no effect', policy({ Action: '*', Resource: '*' })],
    ['another effect', policy({ ...statement, Effect: 'allow' })],
    ['a policy variable in a resource', policy({ ...statement, Resource: `${api}/GET/\${aws:userid}` })],
    ['an escaped wildcard', policy({ ...statement, Resource: `${api}/GET/\${*}` })],
    ['a policy variable in an action', policy({ ...statement, Action: 'execute-api:${aws:userid}' })],
    ['an unresolved resource', policy({ ...statement, Resource: { 'Fn::Sub': '*' } })],
    ['an unresolved resource among others', policy({ ...statement, Resource: [`${api}/*`, { Ref: 'HttpApi' }] })],
    ['an unresolved action', policy({ ...statement, Action: { Ref: 'Action' } })],
    ['an unresolved document', { 'Fn::If': ['Condition', policy(statement), policy()] }],
    ['a wildcard for the service', policy({ ...statement, Resource: 'arn:aws:*:eu-central-1:000000000000:local/*' })],
    ['a wildcard for the partition', policy({ ...statement, Resource: 'arn:*:execute-api:*:*:*' })],
    ['a resource that is no ARN', policy({ ...statement, Resource: 'local/*' })],
    ['an action without a service', policy({ ...statement, Action: 'Invoke' })],
    ['nothing', null],
  ])('denies everything where a policy has %s', (_, odd) => {
    const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
    expect(allows([odd], request)).toBe(false);
    expect(allows([everything, odd], request)).toBe(false);
    expect(allows([odd, everything], request)).toBe(false);
  });

  it('denies everything where the policies are no list', () => {
    expect(allows(policy(statement), request)).toBe(false);
    expect(allows(undefined, request)).toBe(false);
  });
});

describe('allows, whatever the policy', () => {
  const known = ['Sid', 'Effect', 'Action', 'Resource'];
  const unknownKey = fc.oneof(
    fc.constantFrom('Condition', 'NotAction', 'NotResource', 'Principal', 'NotPrincipal', '__proto__', 'constructor'),
    fc.string().filter((key) => !known.includes(key)),
  );
  /** An own key, `__proto__` as well: so JSON.parse gives it. */
  const withKey = (object: object, key: string, value: unknown): object =>
    Object.fromEntries([...Object.entries(object), [key, value]]);

  it('denies a statement with any key that is not known', () => {
    fc.assert(
      fc.property(unknownKey, fc.jsonValue(), (key, value) => {
        expect(allows([policy(withKey(statement, key, value))], request)).toBe(false);
      }),
      { numRuns: rounds(1_000) },
    );
  });

  it('denies a document with any key that is not known', () => {
    fc.assert(
      fc.property(
        unknownKey.filter((key) => !['Version', 'Statement'].includes(key)),
        fc.jsonValue(),
        (key, value) => {
          expect(allows([withKey(policy(statement), key, value)], request)).toBe(false);
        },
      ),
      { numRuns: rounds(1_000) },
    );
  });

  it('denies and does not throw, for any value in the place of the policies', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())), (value) => !allows(value, request)));
  });

  /** Character by character. A `*` that ends a part of the ARN takes any text, all others none with a colon. */
  function matches(pattern: string, text: string): boolean {
    const [first, ...rest] = Array.from(pattern);
    const characters = Array.from(text);
    const remaining = rest.join('');
    if (first === undefined) return text === '';
    const [next, ...others] = characters;
    if (first !== '*')
      return (
        next !== undefined && (first === '?' ? next !== ':' : first === next) && matches(remaining, others.join(''))
      );
    if (matches(remaining, text)) return true;
    return next !== undefined && (next !== ':' || /^(?::|$)/.test(remaining)) && matches(pattern, others.join(''));
  }

  const prefix = 'arn:aws:execute-api:';
  const piece = fc.constantFrom('*', '?', ':', 'a', 'b', '/', 'é', '😀');
  const pattern = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
  const text = fc
    .array(fc.constantFrom(':', 'a', 'b', '/', 'é', '😀'), { maxLength: 10 })
    .map((pieces) => pieces.join(''));

  it('matches wildcards as a plain search does', () => {
    fc.assert(
      fc.property(
        pattern,
        text,
        (tail, received) => allow({ Resource: prefix + tail }, prefix + received) === matches(tail, received),
      ),
      { numRuns: rounds(5_000) },
    );
  });

  it('takes no other character of a resource for a pattern', () => {
    const special = fc.constantFrom(...Array.from('\\^$.|+()[]{}-/d\\wsn'), 'a', 'é', '😀');
    const literal = fc
      .array(special, { minLength: 1, maxLength: 8 })
      .map((pieces) => pieces.join(''))
      .filter((one) => !one.includes('${'));
    fc.assert(
      fc.property(literal, literal, (one, other) => {
        const allowed = (received: string) => allow({ Resource: prefix + one }, prefix + received);
        return allowed(one) && allowed(other) === (one === other);
      }),
      { numRuns: rounds(5_000) },
    );
  });
});
