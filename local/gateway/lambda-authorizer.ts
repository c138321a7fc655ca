/** API Gateway's part in a Lambda authorizer, for the local stack: asks the function, and keeps its answers as configured. */
import * as z from 'zod/mini';
import { gatekeepers } from '../../resources/gatekeeper';
import { accountId, localRegion } from '../account';
import { invokeFunction } from '../loopback/functions';
import type { GatewayRequest, Verdict } from './gateway-request';

interface Settings {
  /** Where the function can be invoked. */
  functionSocket: string;
  cacheSeconds: number;
}

/** The authorizer's own configuration, as it is deployed. */
const configuration = z.object({
  authorizers: z.object({
    groups: z.object({ identitySource: z.array(z.string()), resultTtlInSeconds: z.number() }),
  }),
});

const decision = z.discriminatedUnion('isAuthorized', [
  z.object({ isAuthorized: z.literal(true), context: z.record(z.string(), z.string()) }),
  z.object({ isAuthorized: z.literal(false) }),
]);

type Decision = z.infer<typeof decision>;

/**
 * An answer is kept for all requests with the same identity: the values of the identity sources. A request that lacks one is
 * a 401 without asking. An allow adds its context, a deny is a 403, a function that fails is a 500 and nothing to keep.
 */
export function lambdaAuthorizer({ functionSocket, cacheSeconds }: Settings) {
  const { groups } = configuration.parse(
    gatekeepers.lambda({ clients: { own: '', console: '' }, cacheSeconds }),
  ).authorizers;
  const cache = new Map<string, { decision: Decision; until: number }>();

  return async (request: GatewayRequest): Promise<Verdict> => {
    const identity = groups.identitySource.map((source) => identityValue(source, request));
    if (identity.includes('')) return { status: 401 };
    const key = JSON.stringify(identity);
    const kept = cache.get(key);
    if (kept && kept.until > Date.now()) return verdict(kept.decision);
    const answer = await invoke(functionSocket, request, identity);
    if (!answer) return { status: 500 };
    if (groups.resultTtlInSeconds > 0) {
      cache.set(key, { decision: answer, until: Date.now() + groups.resultTtlInSeconds * 1000 });
    }
    return verdict(answer);
  };
}

const verdict = (answer: Decision): Verdict =>
  answer.isAuthorized ? { context: { lambda: answer.context } } : { status: 403 };

/** The value of an identity source, empty where the request has none. Throws for a source that the local stack does not know. */
function identityValue(source: string, { headers, routeKey }: GatewayRequest): string {
  if (source === '$context.routeKey') return routeKey;
  const header = /^\$request\.header\.([\w-]+)$/.exec(source)?.[1];
  if (header === undefined) throw new Error(`The local gateway does not know the identity source ${source}`);
  return headers.get(header.toLowerCase()) ?? '';
}

/** Undefined where it fails, or decides nothing. */
async function invoke(
  socket: string,
  request: GatewayRequest,
  identitySource: string[],
): Promise<Decision | undefined> {
  const { method, target, headers, routeKey, requestId } = request;
  const [rawPath = '', rawQueryString = ''] = target.split(/\?(.*)/s);
  const event = {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:${localRegion}:${accountId}:local/$default/${method}${rawPath}`,
    identitySource,
    routeKey,
    rawPath,
    rawQueryString,
    headers: Object.fromEntries(headers),
    requestContext: {
      http: { method, path: rawPath, protocol: 'HTTP/1.1' },
      requestId,
      routeKey,
      stage: '$default',
      timeEpoch: Date.now(),
    },
  };
  try {
    const { failed, payload } = await invokeFunction(socket, { name: 'authorize', event });
    return failed ? undefined : decision.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
