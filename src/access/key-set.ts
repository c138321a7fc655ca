/** Where the keys of a user pool come from. */
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';

/** Milliseconds that one request for the keys takes at most: the library tries twice, and the Lambda authorizer has five seconds. */
export const keyRequest = { responseTimeout: 1_500 };

/** Keys are fetched by https; a pool on this very machine, as the local stack has, is the only one that may speak http. */
export function keySetCache(issuer: string): SimpleJwksCache {
  const { protocol, hostname } = new URL(issuer);
  const isLocal = protocol === 'http:' && hostname === '127.0.0.1';
  return new SimpleJwksCache({
    fetcher: isLocal ? { fetch: fetchLocally } : new SimpleFetcher({ defaultRequestOptions: keyRequest }),
  });
}

async function fetchLocally(uri: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(uri, { redirect: 'error', signal: AbortSignal.timeout(keyRequest.responseTimeout) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await response.arrayBuffer();
  } catch (error) {
    throw new FetchError(uri, error);
  }
}
