// The console's function: its routes, what it is told, and its page, which every package builds from the present sources.
const path = require('node:path');
const { buildPage } = require('../command/page');

/** Within a package, and on Lambda: there are no backslashes in either, whatever the machine that deploys. */
const page = '.console/page';

/** The page and its sign-in, then the way of its requests to the API; each route by itself, for no other method is one. */
const routes = [
  'GET /console',
  'GET /console/{proxy+}',
  'POST /console/sign-out',
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /console-api/{proxy+}`),
];

/** What the local stack knows better. */
const local = () =>
  Object.fromEntries(
    ['CONSOLE_PAGE', 'IDENTITY_POOL_ID', 'IDENTITY_ENDPOINT']
      .filter((name) => process.env[name])
      .map((name) => [name, process.env[name]]),
  );

module.exports = async ({ resolveVariable }) => {
  const parameters = await resolveVariable('self:custom.parameters');
  const stage = await resolveVariable('sls:stage');
  // The local stack has built it already.
  if (parameters.code !== 'none' && stage !== 'local') await buildPage(path.resolve(__dirname, '..', page));
  return {
    functions: {
      console: {
        handler: 'functions/console.handler',
        role: 'ConsoleRole',
        // The API answers within ten seconds, and the console has to answer after it.
        timeout: 15,
        package: { patterns: [`${page}/**`] },
        environment: {
          CONSOLE_URL: parameters.consoleUrl,
          API_URL: parameters.apiUrl,
          HOSTED_UI_URL: parameters.hostedUiUrl,
          TOKEN_ISSUER: parameters.tokenIssuer,
          CONSOLE_CLIENT_ID: parameters.consoleClient,
          CONSOLE_CLIENT_SECRET: parameters.consoleSecret,
          CONSOLE_PAGE: page,
          ...(parameters.images === 'on' && { IMAGES_BUCKET: parameters.imagesBucket }),
          ...(parameters.authorizer === 'iam' && { IDENTITY_POOL_ID: { Ref: 'IdentityPool' } }),
          ...(stage === 'local' && local()),
        },
        // No authorizer of the gateway's: a browser that has not signed in gets the page, and nothing of the API.
        events: routes.map((route) => {
          const [method, path] = route.split(' ');
          return { httpApi: { method, path } };
        }),
      },
    },
  };
};

module.exports.routes = routes;
