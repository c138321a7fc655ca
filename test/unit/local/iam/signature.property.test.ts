/** Whatever is sent: what is signed is accepted, and nothing else, without an exception. */
import fc from 'fast-check';
import { verifySignature } from '../../../../local/iam/signature';
import { anyCharacter } from '../../../support/any-character';
import { rounds } from '../../../support/depth';
import { host, mine, now, post, reauthorized, scope, signed, verify } from '../../../support/signed-requests';

describe('verifySignature', () => {
  it('accepts whatever signRequest signs', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 });
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    const header = fc.string({ unit: fc.constantFrom(...Array.from(' \tab,;"=ü')), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 4 }),
        fc.array(fc.tuple(name, text), { maxLength: 5 }),
        fc.option(text, { nil: undefined }),
        header,
        async (segments, parameters, body, value) => {
          const path = segments.map((segment) => encodeURIComponent(segment)).join('/');
          const query = parameters.map((pair) => pair.map((part) => encodeURIComponent(part)).join('=')).join('&');
          const request = { method: 'POST', url: `http://${host}/${path}?${query}`, headers: { value }, body };
          expect(await verify(await signed(request))).toBe(mine);
        },
      ),
      { numRuns: rounds(500) },
    );
  });

  it('refuses an authorization in which any one character is another', async () => {
    const request = await signed(post);
    const authorization = request.headers.get('authorization') ?? '';
    const position = fc.nat({ max: authorization.length - 1 });
    const character = fc.oneof(
      fc.constantFrom(...Array.from(authorization)),
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
    );
    await fc.assert(
      fc.asyncProperty(position, character, async (at, other) => {
        fc.pre(authorization[at] !== other);
        const changed = reauthorized(request, (text) => text.slice(0, at) + other + text.slice(at + 1));
        expect(await verify(changed)).toBeUndefined();
      }),
      { numRuns: rounds(2_000) },
    );
  });

  it('refuses whatever the headers and the target are, without throwing', async () => {
    const accepted = await signed(post);
    const text = fc.string({ unit: anyCharacter });
    const names = fc.constantFrom(...accepted.headers.keys());
    const piece = fc.constantFrom(
      ...['AWS4-HMAC-SHA256 ', 'Credential=', 'ASIAMINE', '/20300102/eu-central-1/execute-api/aws4_request', ', '],
      ...['SignedHeaders=', 'host', ';', 'x-amz-date', 'x-amz-security-token', 'Signature=', '0'.repeat(64), '\ud800'],
    );
    const value = fc.oneof(
      text,
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    const header = fc.tuple(fc.oneof(names, text, fc.constant('__proto__')), value);
    const odd = fc.oneof(text, fc.constantFrom('%', '%f', '%ff', '&', '=', '?', '/', '..', '\ud800', '__proto__'));
    const target = fc
      .tuple(fc.constantFrom('', '/', '/products?'), fc.array(odd))
      .map(([start, parts]) => start + parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(header, { maxLength: 3 }), target, text, async (headers, other, method) => {
        const arbitrary = { ...accepted, method, target: other, headers: new Map([...accepted.headers, ...headers]) };
        expect(await verifySignature(arbitrary, () => mine, scope, now)).toBeUndefined();
      }),
      { numRuns: rounds(2_000) },
    );
  });
});
