/** How long this deployment still lets somebody in who is to be kept out: a token says what was true when it was issued. */
import type { Deployment } from '../../deployment/deployment';

type Gate = Pick<Deployment, 'gate'>;

const tokenLife = 'up to 15 minutes';

/** After a group has been taken away. */
export function delayOfRemoval({ gate }: Gate): string {
  switch (gate?.authorizer) {
    case undefined:
      return `This stage does not say who stands at its gateway. Whoever it is, what was given before is good for up to 1 hour and 15 minutes, and as long as an authorizer's answers are kept.`;
    case 'iam':
      return 'Credentials of before are good for an hour, and an ID token of before gets new ones for 15 minutes: they are let in for up to 1 hour and 15 minutes, unless they are signed out.';
    case 'jwt':
    case 'lambda':
      return `Tokens of before keep the group: they are let in for ${tokenLife}${keptAnswers(gate)}.`;
  }
}

/** After somebody has been disabled or signed out: no new tokens, and no new credentials. */
export function delayOfSignOut({ gate }: Gate): string {
  switch (gate?.authorizer) {
    case undefined:
      return `This stage does not say who stands at its gateway. Whoever it is, what was given before is good for up to an hour, and as long as an authorizer's answers are kept.`;
    case 'iam':
      return 'Credentials of before are good for up to an hour.';
    case 'jwt':
    case 'lambda':
      return `Access tokens of before are good for ${tokenLife}${keptAnswers(gate)}.`;
  }
}

/**
 * What a sign-out does not end, of a deployed pool: the hosted UI remembers a browser for an hour, and for another whenever it is used
 * (AWS re:Post, "What's the difference between the logout endpoint and the GlobalSignOut API in Amazon Cognito?").
 */
export const rememberedBrowsers = ({ cognitoEndpoint }: Pick<Deployment, 'cognitoEndpoint'>): string[] =>
  cognitoEndpoint === undefined
    ? [
        'A browser in which they signed in within the last hour may let them in again without a password: disable them to keep them out.',
      ]
    : [];

const keptAnswers = ({ authorizer, cacheSeconds }: NonNullable<Deployment['gate']>) =>
  authorizer === 'lambda' && cacheSeconds > 0
    ? `, and ${cacheSeconds} seconds for which the authorizer's answers are kept`
    : '';
