/** Requests to an API whose gatekeeper is AWS_IAM. */
import { signHeaders, type SigningCredentials } from '../src/sign-headers';
import { Failure } from './failure';

/** The request as API Gateway wants it. Throws `Failure` for a query that cannot be signed. */
export async function signRequest(
  request: Request,
  credentials: SigningCredentials,
  region: string,
  now = new Date(),
): Promise<Request> {
  const { host, pathname, search } = new URL(request.url);
  const toSign = {
    method: request.method,
    target: `${pathname}${search}`,
    // fetch drops a host that it is given, and sends this one.
    headers: { ...Object.fromEntries(request.headers), host },
    body: new Uint8Array(await request.clone().arrayBuffer()),
  };
  const headers = await signHeaders(toSign, credentials, { region, service: 'execute-api' }, now);
  if (!headers) {
    throw new Failure(`The query ${search} cannot be signed: encode it (a % is %25), and give each part a name.`);
  }
  return new Request(request, { headers });
}
