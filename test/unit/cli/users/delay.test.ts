import { delayOfRemoval, delayOfSignOut, rememberedBrowsers } from '../../../../cli/users/delay';

const minutes = 'up to 15 minutes';
const seconds = ", and 300 seconds for which the authorizer's answers are kept";

describe.each([
  ['jwt', 0, minutes, minutes],
  // Only the Lambda authorizer's answers are kept.
  ['jwt', 300, minutes, minutes],
  ['lambda', 0, minutes, minutes],
  ['lambda', 300, minutes + seconds, minutes + seconds],
  ['iam', 0, 'up to 1 hour and 15 minutes, unless they are signed out', 'up to an hour'],
] as const)('behind %s with answers kept for %i s', (authorizer, cacheSeconds, removed, signedOut) => {
  const deployment = { gate: { authorizer, cacheSeconds } };

  it('says how long a removed user is still let in', () => {
    expect(delayOfRemoval(deployment).endsWith(`${removed}.`)).toBe(true);
  });

  it('says how long a user who is signed out is still let in', () => {
    expect(delayOfSignOut(deployment).endsWith(`${signedOut}.`)).toBe(true);
  });
});

it('says the longest of all of a stage that does not tell', () => {
  expect(delayOfRemoval({})).toContain('up to 1 hour and 15 minutes');
  expect(delayOfSignOut({})).toContain('up to an hour');
});

it('says of a deployed pool alone, whose hosted UI remembers browsers, what does keep somebody out', () => {
  expect(rememberedBrowsers({ cognitoEndpoint: undefined })).toEqual([
    expect.stringMatching(/within the last hour .* without a password: disable them to keep them out\.$/),
  ]);
  expect(rememberedBrowsers({ cognitoEndpoint: 'http://127.0.0.1:9229' })).toEqual([]);
});
