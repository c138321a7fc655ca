/** What a failure of AWS, or of the way there, means for whoever runs a command: each kind in a sentence with its remedy. */
import { parseKnownFiles } from '@smithy/core/config';

/** Undefined for an error of another kind. */
export async function awsFailure(error: Error): Promise<string | undefined> {
  const reason = error.message.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  // The SDK's own names: CredentialsProviderError, TokenProviderError.
  if (error.name.endsWith('ProviderError')) return noCredentials(reason, process.env['AWS_PROFILE']);
  if ('$fault' in error) {
    if (runOut.test(error.name)) {
      return `Your sign-in at AWS has run out (${error.name}): sign in again, with "aws sso login" or as you did before.`;
    }
    const advice = aboutCredentials.test(error.name) ? ': check your AWS credentials and what they may do' : '';
    return `The request was refused (${error.name}: ${reason})${advice}.`;
  }
  const code = 'code' in error ? String(error.code) : undefined;
  return code && unreachable.includes(code)
    ? `AWS cannot be reached (${code}): check the region and the network.`
    : undefined;
}

async function noCredentials(reason: string, profile: string | undefined): Promise<string> {
  if (profile === undefined) {
    return `There are no AWS credentials (${reason}): set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  // The SDK says the same of a profile that is not there and of one without credentials.
  const profiles = await parseKnownFiles({ profile }).catch(() => undefined);
  if (profiles && !(profile in profiles)) {
    return `There is no AWS profile "${profile}": "aws configure list-profiles" shows those that there are.`;
  }
  return /SSO/.test(reason)
    ? `The sign-in of the AWS profile "${profile}" has run out: "aws sso login --profile ${profile}" renews it.`
    : `The AWS profile "${profile}" gives no credentials (${reason}): "aws configure --profile ${profile}" sets some.`;
}

const runOut = /ExpiredToken|RequestExpired/;
const aboutCredentials = /AccessDenied|NotAuthorized|UnrecognizedClient|InvalidClientTokenId|Signature/;
const unreachable = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
