/** One Lambda for several methods of a path. */
import type { Endpoint } from './endpoint';

/** Hands a request to the endpoint of its method. The gateway sends only methods that have a route. */
export function byMethod(endpoints: Readonly<Record<string, Endpoint>>): Endpoint {
  return (event, context) => {
    const { method } = event.requestContext.http;
    const endpoint = endpoints[method];
    if (!endpoint) throw new Error(`No endpoint for ${method}: serverless.yml routes it here, the function does not`);
    return endpoint(event, context);
  };
}
