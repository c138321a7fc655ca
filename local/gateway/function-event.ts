/** A request as its function gets it: serverless-offline gives every one the same id, and leaves a header of its own in it. */
import * as z from 'zod/mini';
import { contextHeader } from './headers';

/** What has come through the gateway (gateway.ts). */
const event = z.looseObject({
  headers: z.looseObject({ [contextHeader]: z.string() }),
  requestContext: z.looseObject({ authorizer: z.looseObject({ requestId: z.string() }) }),
});

type Handler = (event: unknown, context: unknown) => unknown;

/** The handler, to be called by serverless-offline. Triggers of Cognito, and questions to the authorizer, reach it as they are. */
export const behindGateway =
  (handler: Handler): Handler =>
  (sent, context) =>
    handler(functionEvent(sent), context);

function functionEvent(sent: unknown): unknown {
  const { data } = event.safeParse(sent);
  if (!data) return sent;
  const { [contextHeader]: _, ...headers } = data.headers;
  const { requestId, ...authorizer } = data.requestContext.authorizer;
  return { ...data, headers, requestContext: { ...data.requestContext, authorizer, requestId } };
}
