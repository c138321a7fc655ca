/** The parameters of a deploy, as far as the local stack has a use for them. */
import * as z from 'zod/mini';
import { readParameter } from '../../resources/parameters';
import { StartError } from '../processes/start-error';

const withEffect = [
  'authorizer',
  'reads',
  'readsMaxAge',
  'authorizerCacheSeconds',
  'corsOrigins',
  'images',
  'selfSignUp',
  'callbackUrl',
  'logoutUrl',
];
const authorizerType = z.enum(['jwt', 'lambda', 'iam']);

/**
 * Reads `name=value` texts, as `--param` takes them; of two with one name the later one counts. Answers those that change
 * something here, and the names of those that only a deploy has a use for. Throws `StartError` where one cannot be meant.
 */
export function readParameters(options: readonly string[]) {
  const given = new Map([['authorizer', 'jwt'], ...options.map(read)]);
  if (given.get('mfa') === 'required') {
    throw new StartError(
      'The local user pool has no second factor, and would let in who has none: leave out --param mfa=required.',
    );
  }
  return {
    authorizer: authorizerType.parse(given.get('authorizer')),
    parameters: Object.fromEntries([...given].filter(([name]) => withEffect.includes(name))),
    withoutEffect: [...given.keys()].filter((name) => !withEffect.includes(name)),
  };
}

function read(option: string): [name: string, value: string] {
  try {
    return readParameter(option);
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}
