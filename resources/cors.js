// What web pages of other origins may do with the API: for API Gateway, and for the gateway of the local stack.

/** The origins that the parameter `corsOrigins` names. */
const readOrigins = (text) =>
  text
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);

/** What a request that is signed with SigV4 sends along. */
const signatureHeaders = ['x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'];

const corsConfiguration = (origins) => ({
  AllowOrigins: origins,
  AllowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  AllowHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key', ...signatureHeaders],
  ExposeHeaders: ['etag', 'location', 'retry-after', 'idempotency-replayed'],
  // Tokens go in a header: cookies are never needed, so an origin never gets them.
  AllowCredentials: false,
  MaxAge: 600,
});

module.exports = { corsConfiguration, readOrigins };
