/** A good token that is not sent as it has to be: one header `Authorization`, with the scheme `Bearer` in any case and a space, or the token alone. */
import { attackable, attackedStack } from '../support/attacked-stack';
import { sendRaw } from '../support/raw-request';
import { accessClaims, sign } from '../support/tokens';

interface Request {
  name: string;
  query?: string;
  headers: string[];
}

/** `other` is a token of a plain user, which is good as well. */
function misplaced(token: string, other: string): Request[] {
  const header = (value: string) => [`Authorization: ${value}`];
  const sent: Record<string, string[]> = {
    'the token in two headers': [...header(`Bearer ${token}`), ...header(`Bearer ${token}`)],
    'two headers, the second one of a user': [...header(`Bearer ${token}`), ...header(`Bearer ${other}`)],
    'two headers, the first one of a user': [...header(`Bearer ${other}`), ...header(`Bearer ${token}`)],
    'two headers, the second one empty': [...header(`Bearer ${token}`), ...header('')],
    'two headers, the first one empty': [...header(''), ...header(`Bearer ${token}`)],
    'two headers in different cases': [`authorization: Bearer ${token}`, `AUTHORIZATION: Bearer ${token}`],
    'three headers': [...header('Basic eDp5'), ...header(`Bearer ${token}`), ...header('Digest x')],
    'two tokens in one header': header(`Bearer ${token}, Bearer ${token}`),
    'the scheme twice': header(`Bearer Bearer ${token}`),
    'another scheme': header(`Basic ${token}`),
    'the scheme DPoP': header(`DPoP ${token}`),
    'the scheme alone': header('Bearer'),
    'no space after the scheme': header(`Bearer${token}`),
    'a colon after the scheme': header(`Bearer: ${token}`),
    'a tab after the scheme': header(`Bearer\t${token}`),
    'two spaces after the scheme': header(`Bearer  ${token}`),
    'a space and a tab after the scheme': header(`Bearer \t${token}`),
    'a tab amid the token': header(`Bearer ${token.slice(0, 40)}\t${token.slice(40)}`),
    'a tab and more after the token': header(`Bearer ${token}\tx`),
    'a parameter after the token': header(`Bearer ${token}; charset=utf-8`),
    'a line folded after the scheme': [`Authorization: Bearer`, ` ${token}`],
    'a NUL before the token': header(`Bearer \0${token}`),
    'a space before the colon': [`Authorization : Bearer ${token}`],
    'no header': [],
    'an empty header': header(''),
    'the header Proxy-Authorization': [`Proxy-Authorization: Bearer ${token}`],
    'the header X-Forwarded-Authorization': [`X-Forwarded-Authorization: Bearer ${token}`],
    'the header X-Amzn-Remapped-Authorization': [`X-Amzn-Remapped-Authorization: Bearer ${token}`],
    'the name of the header with an underscore': [`Authorization_: Bearer ${token}`],
    'a cookie': [`Cookie: Authorization=Bearer ${token}; access_token=${token}`],
    'the subprotocol of a web socket': [`Sec-WebSocket-Protocol: Bearer, ${token}`],
  };
  const queries = ['token', 'access_token', 'Authorization', 'authorization', 'jwt'];
  return [
    ...Object.entries(sent).map(([name, headers]) => ({ name, headers })),
    ...queries.map((name) => ({ name: `the query parameter ${name}`, query: `?${name}=${token}`, headers: [] })),
    { name: 'the query parameter Authorization with a scheme', query: `?Authorization=Bearer%20${token}`, headers: [] },
    {
      name: 'the query, and the scheme alone in the header',
      query: `?access_token=${token}`,
      headers: header('Bearer'),
    },
  ];
}

/** The same to API Gateway: names and schemes in any case, white space around the value (RFC 9110, 5.1, 5.5 and 11.1), and no scheme. */
const equivalent = (token: string): Record<string, string> => ({
  'the scheme Bearer': `Authorization: Bearer ${token}`,
  'the scheme in small letters': `Authorization: bearer ${token}`,
  'the scheme in capitals': `Authorization: BEARER ${token}`,
  'no scheme': `Authorization: ${token}`,
  'the name in small letters': `authorization: Bearer ${token}`,
  'no space after the colon': `Authorization:Bearer ${token}`,
  'tabs around the value': `Authorization:\tBearer ${token}\t`,
});

describe.each(attackable)('the %s gateway', (authorizer) => {
  const stack = attackedStack(authorizer);
  const token = sign(accessClaims(stack, ['admin']));
  const other = sign(accessClaims(stack, ['user']));
  const read = async (query: string, headers: string[]) =>
    (await sendRaw(stack.apiUrl, `GET /admin/products${query}`, headers)).status;

  it.each(Object.entries(equivalent(token)))('accepts a token with %s', async (_, header) => {
    expect(await read('', [header])).toBe(200);
  });

  // 400 is the HTTP server's, for a head that is none.
  it.each(misplaced(token, other))('refuses a token sent with $name', async ({ query = '', headers }) => {
    expect([400, 401, 403]).toContain(await read(query, headers));
  });
});

it('38 ways to send a token are tried on both gateways', () => {
  expect(misplaced('x', 'y')).toHaveLength(38);
});
