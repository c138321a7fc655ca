/**
 * Tokens that are not quite those of the pool: C2SP/wycheproof's mutations of signatures applied to tokens of the pool, and more.
 * All are made from a token that is let in, sent to both gateways, and refused by both, for a read and for a write.
 */
import { createHash } from 'node:crypto';
import { attackable, attackedStack } from '../support/attacked-stack';
import { startAttackersKeys, type AttackersKeys } from '../support/attackers-keys';
import { inFlight } from '../support/in-flight';
import { newMember } from '../support/members';
import { send } from '../support/stack';
import { algorithmMutants } from '../support/token-mutants/algorithms';
import { claimMutants } from '../support/token-mutants/claims';
import { spellingMutants, structureMutants } from '../support/token-mutants/form';
import { keyMutants } from '../support/token-mutants/keys';
import type { Mutant } from '../support/token-mutants/mutant';
import { numberMutants } from '../support/token-mutants/numbers';
import { paddingMutants, resign } from '../support/token-mutants/padding';
import { accessClaims, encode, poolKeyId, sign, signText } from '../support/tokens';

type Authorizer = (typeof attackable)[number];

let keys: AttackersKeys;
beforeAll(async () => {
  keys = await startAttackersKeys();
});
afterAll(() => keys.stop());

/** By what is wrong with them. */
const families: Record<string, (authorizer: Authorizer, token: string) => Mutant[]> = {
  'padding within the signature': (_, token) => paddingMutants(token),
  structure: (_, token) => structureMutants(token),
  spelling: (_, token) => spellingMutants(token),
  'the number that is the signature': (_, token) => numberMutants(token),
  algorithm: (_, token) => algorithmMutants(token),
  key: (authorizer) => keyMutants(attackedStack(authorizer), keys.url),
  'claims and headers': (authorizer) => claimMutants(attackedStack(authorizer)),
};

const adminToken = (authorizer: Authorizer) => sign(accessClaims(attackedStack(authorizer), ['admin']));

/** What each gateway answers by itself. */
const refusals = {
  jwt: { status: 401, body: { message: 'Unauthorized' } },
  lambda: { status: 403, body: { message: 'Forbidden' } },
};

const read = (authorizer: Authorizer, token: string) =>
  send(attackedStack(authorizer).apiUrl, 'GET', '/admin/products?limit=1', { token });

/** Makes a category, whose slug tells that this was let through. */
const write = (authorizer: Authorizer, token: string, slug: string) =>
  send(attackedStack(authorizer).apiUrl, 'POST', '/categories', { token, body: { name: slug, slug } });

/** The slugs of the categories that were made here; they are listed in the order of their slugs. */
async function made(authorizer: Authorizer): Promise<string[]> {
  const { apiUrl } = attackedStack(authorizer);
  const answer = await send(apiUrl, 'GET', '/categories?nextToken=mutant&limit=100', { token: adminToken(authorizer) });
  const slugs: string[] = answer.body.items.map(({ slug }: { slug: string }) => slug);
  return slugs.filter((slug) => slug.startsWith('mutant-'));
}

const refused: Record<Authorizer, string[]> = { jwt: [], lambda: [] };

describe.each(attackable)('the %s gateway', (authorizer) => {
  it('accepts the tokens that the others are made from, and what is only written differently by the pool', async () => {
    const claims = accessClaims(attackedStack(authorizer), ['admin']);
    const headed = (json: string) => signText(`${Buffer.from(json).toString('base64url')}.${encode(claims)}`);
    const { accessToken } = await newMember(attackedStack(authorizer), 'mutated@example.com', ['admin']);
    const untouched = [
      adminToken(authorizer),
      resign(adminToken(authorizer)),
      accessToken,
      // Valid vectors of wycheproof's: ValidSpacesInJsonHeader, ValidWhiteSpaceInJsonHeader.
      headed(`{ "alg" : "RS256", "kid" : "${poolKeyId}" }`),
      headed(`{"alg":"RS256",\n\t"kid":"${poolKeyId}"}`),
      // Only the pool can say so, and whoever has its key needs no address.
      sign(claims, { header: { jku: `${keys.url}/jwks.json` } }),
    ];
    const answers = await inFlight(untouched, 1, (token) => read(authorizer, token));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await write(authorizer, adminToken(authorizer), 'mutant-untouched')).toMatchObject({ status: 201 });
    expect(await made(authorizer)).toEqual(['mutant-untouched']);
  });

  it.each(Object.keys(families))('refuses every token with a fault of: %s', async (family) => {
    const mutants = families[family]?.(authorizer, adminToken(authorizer)) ?? [];
    const outcomes = await inFlight([...mutants.entries()], 8, async ([index, { name, token }]) => ({
      name,
      read: await read(authorizer, token),
      write: await write(authorizer, token, `mutant-${index}`),
    }));
    const refusal: unknown = expect.objectContaining(refusals[authorizer]);
    expect(outcomes).toEqual(mutants.map(({ name }) => ({ name, read: refusal, write: refusal })));
    refused[authorizer].push(...mutants.map(({ name }) => name));
  });

  it('has written nothing for any of them', async () => {
    expect(await made(authorizer)).toEqual(['mutant-untouched']);
  });
});

it('378 mutants are refused by both gateways, and 6 untouched tokens are accepted by both', () => {
  expect(refused.jwt).toHaveLength(378);
  expect(refused.lambda).toEqual(refused.jwt);
});

it('nobody has asked for a key at an address that a token names', async () => {
  expect(keys.connections()).toBe(0);
  await fetch(`${keys.url}/jwks.json`);
  expect(keys.connections()).toBe(1);
});

it('every kind of invalid vector that there can be for RS256 is among the mutants', () => {
  const token = adminToken('jwt');
  const comments = Object.values(families).flatMap((family) =>
    family('jwt', token).flatMap(({ comment }) => comment ?? []),
  );
  const kinds = [...new Set(comments)].sort();
  // Of 355 invalid vectors in commit dac1dd4, 290 are of these kinds. The others are about ECDSA's numbers (23), the masks of PSS
  // (36), keys for another use (4), and RS256 where PS512 is asked for (2).
  expect(kinds).toHaveLength(183);
  // SHA-256 of the vectors' comments, each one once, sorted and on a line of its own.
  const digest = createHash('sha256').update(kinds.join('\n')).digest('hex');
  expect(digest).toBe('716ff34f13e2dae333e1a301b22f8ce81831c4cd741243ec0ef7f0c29e9d4b89');
});
