/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles (an alias in serverless.yml). DynamoDB is asked at its region's
 * endpoint and never discovers another, so there is nothing to cache: 7 kB of an LRU cache are left out.
 */
export class EndpointCache {
  has(): boolean {
    return false;
  }
  get(): undefined {
    return undefined;
  }
  getEndpoint(): undefined {
    return undefined;
  }
  set(): void {
    // Kept nowhere.
  }
  delete(): void {
    // Nothing is kept.
  }
}
