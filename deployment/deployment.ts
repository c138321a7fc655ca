/** Where the catalogue is: the local stack, or a stage on AWS. */
import { readFile } from 'node:fs/promises';
import { requireAnswer } from './answer';
import { Failure } from './failure';
import { readService } from './service';
import { outputsOf, readRegion } from './stage-outputs';
import { authorizers, localDirectory, parseStackInfo, stackFile, type StackInfo } from './stack-info';
import { serviceHost } from '../src/aws/service-host';

export interface HostedUi {
  url: string;
  /** As in the claim `iss` of the pool's tokens. */
  issuer: string;
  /** Where the browser comes back with the code; Cognito takes no other address than the one registered. */
  callbackUrl: string;
}

export interface Deployment {
  apiUrl: string;
  userPoolId: string;
  clientId: string;
  region: string;
  /** Set for the local stack alone, whose Cognito takes any credentials. */
  cognitoEndpoint?: string;
  /** Missing where a stage was deployed before it had the output `CallbackUrl`. */
  hostedUi?: HostedUi | undefined;
  /** Set where an identity pool gives out the credentials that requests are signed with. */
  identityPoolId?: string | undefined;
  identityEndpoint?: string | undefined;
  /** Who stands at the gateway, and for how long it keeps its answers. Missing where a stage was deployed before it said so. */
  gate?: { authorizer: StackInfo['authorizer']; cacheSeconds: number } | undefined;
  /** The ARN of a group's role, up to the name of the group. */
  groupRolePrefix?: string | undefined;
}

export interface Target {
  /** Without a stage, the local stack is meant. */
  stage?: string | undefined;
  region?: string | undefined;
}

/** Throws `Failure` where there is no such deployment, or no way to ask. */
export async function findDeployment({ stage, region }: Target): Promise<Deployment> {
  if (stage !== undefined) return findStage(stage, readRegion(region));
  if (region !== undefined) throw new Failure('--region goes with --stage: the local stack is in no region.');
  return findLocal(localDirectory(process.env));
}

async function findLocal(directory: string): Promise<Deployment> {
  const file = stackFile(directory);
  let stack: StackInfo;
  try {
    stack = parseStackInfo(await readFile(file, 'utf8'));
  } catch {
    throw new Failure(`No local stack has left its addresses in ${file}: run "npm start" first, or name a --stage.`);
  }
  try {
    await requireAnswer(stack.cognitoUrl);
  } catch {
    throw new Failure(
      `The local stack at ${stack.cognitoUrl} does not answer: run "npm start" first, or name a --stage.`,
    );
  }
  const { cognitoUrl, identityUrl, authorizer, authorizerCacheSeconds: cacheSeconds = 0, ...others } = stack;
  const [preset] = readService().client.CallbackURLs;
  const { callbackUrl = preset, ...deployment } = others;
  const hostedUi = { url: cognitoUrl, issuer: `${cognitoUrl}/${stack.userPoolId}`, callbackUrl };
  const gate = { authorizer, cacheSeconds };
  return { ...deployment, cognitoEndpoint: cognitoUrl, hostedUi, identityEndpoint: identityUrl, gate };
}

async function findStage(stage: string, region: string): Promise<Deployment> {
  const { outputs, output } = await outputsOf(stage, region);
  const userPoolId = output('UserPoolId');
  const callbackUrl = outputs.get('CallbackUrl');
  return {
    apiUrl: output('HttpApiUrl'),
    userPoolId,
    clientId: output('UserPoolClientId'),
    region,
    hostedUi:
      callbackUrl === undefined
        ? undefined
        : {
            url: `https://${output('HostedUiDomain')}.auth.${region}.amazoncognito.com`,
            issuer: `https://${serviceHost('cognito-idp', region)}/${userPoolId}`,
            callbackUrl,
          },
    identityPoolId: outputs.get('IdentityPoolId'),
    groupRolePrefix: outputs.get('GroupRolePrefix'),
    gate: gateOf(outputs.get('Authorizer'), outputs.get('AuthorizerCacheSeconds')),
  };
}

function gateOf(authorizer: string | undefined, cacheSeconds = '0'): Deployment['gate'] {
  const known = authorizers.find((name) => name === authorizer);
  return known && { authorizer: known, cacheSeconds: Number(cacheSeconds) };
}
