/** How a command ends when it cannot do its work: one sentence on stderr that says what to do, and exit code 1. */
import { printError } from './terminal';

/** Why a command cannot do its work, in that sentence. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Runs a command to its end, whichever that is. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    printError(sentence(error));
    process.exitCode = 1;
  }
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return `It failed: ${String(error)}`;
  if (error instanceof Failure) return error.message;
  const reason = error.message.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  // The SDK's own names: CredentialsProviderError, TokenProviderError.
  if (error.name.endsWith('ProviderError')) {
    const profile = process.env['AWS_PROFILE'];
    return profile === undefined
      ? `There are no AWS credentials (${reason}): set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`
      : `The AWS profile "${profile}" gives no credentials (${reason}): "aws configure list-profiles" shows those that there are, and "aws sso login --profile ${profile}" signs in again.`;
  }
  if ('$fault' in error) {
    const advice = aboutCredentials.test(error.name) ? ': check your AWS credentials and what they may do' : '';
    return `The request was refused (${error.name}: ${reason})${advice}.`;
  }
  const code = 'code' in error ? String(error.code) : undefined;
  if (code && unreachable.includes(code)) return `AWS cannot be reached (${code}): check the region and the network.`;
  return `It failed: ${error.name}: ${reason}`;
}

const aboutCredentials = /AccessDenied|NotAuthorized|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|Signature/;
const unreachable = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
