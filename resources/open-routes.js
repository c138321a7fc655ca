// The plain reads where they are public, as API Gateway has to be told: a route whose authorizer a template only leaves out keeps it
// (aws-cloudformation/cloudformation-coverage-roadmap#2184), and a stage that is opened would stay closed.
const { functions } = require('./service-file');

/** The framework's own naming: GET /products/{productId} becomes HttpApiRouteGetProductsProductidVar. */
function logicalIdOf({ method, path }) {
  const parts = `${method}${path}`
    .toLowerCase()
    .replace(/\{(\w+)\}/g, '$1Var')
    .split('/');
  return `HttpApiRoute${parts.map((part) => part[0].toUpperCase() + part.slice(1)).join('')}`;
}

/** The routes that serverless.yml marks as plain reads. */
const plainReads = functions
  .flatMap((entry) => (typeof entry === 'object' ? Object.values(entry) : []))
  .flatMap(({ events = [] }) => events)
  .flatMap(({ httpApi }) => (httpApi?.authorizer?.includes('gatekeeper.readRoute') ? [httpApi] : []));

/** Additions to what the framework makes of the routes, under their logical ids. */
module.exports = Object.fromEntries(
  plainReads.map((route) => [logicalIdOf(route), { Properties: { AuthorizationType: 'NONE' } }]),
);
