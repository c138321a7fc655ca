/** What the authorizers of the local gateway are asked, and what they answer. */
import type { ReceivedRequest } from '../iam/signature';

export interface GatewayRequest extends ReceivedRequest {
  /** As API Gateway names the route: `POST /products`. */
  routeKey: string;
  /** In the log of the authorizer and in that of the function behind it. */
  requestId: string;
}

/** What is added to the request for the handler, or the status with which the gateway itself answers. */
export type Verdict = { context: object } | { status: 401 | 403 | 500 };
