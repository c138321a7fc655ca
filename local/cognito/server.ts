/** The local pool over HTTP: its API, its keys and discovery document, and the hosted UI. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { printError } from '../../deployment/terminal';
import { answerOperation, readBody } from '../aws-json/answer';
import { guarded } from '../loopback/guard';
import { operationsOf } from './api';
import { newGrants, showSignIn, signOut, submitSignIn, type Page } from './hosted-ui/authorize';
import { giveTokens, revokeToken, userInfo, type JsonAnswer, type TokenRequest } from './hosted-ui/token';
import type { Pool } from './pool';
import { userPoolId } from './settings';
import { keyId } from './signing-key';

/** `url` is where it listens; pages of these origins may use it from a browser. */
export function poolServer(pool: Pool, url: string, origins: readonly string[]): RequestListener {
  const operations = operationsOf(pool);
  const grants = newGrants();
  const wellKnown = `/${userPoolId}/.well-known`;

  const routes: Readonly<Record<string, (exchange: Exchange) => unknown>> = {
    [`GET ${wellKnown}/jwks.json`]: ({ sendJson }) => sendJson({ status: 200, body: keySet(pool) }),
    [`GET ${wellKnown}/openid-configuration`]: ({ sendJson }) => sendJson({ status: 200, body: discovery(pool, url) }),
    'GET /oauth2/authorize': ({ query, sendPage }) => sendPage(showSignIn(pool, query)),
    'GET /login': ({ query, sendPage }) => sendPage(showSignIn(pool, query)),
    'POST /login': async ({ form, sendPage }) => sendPage(submitSignIn(pool, grants, await form())),
    'GET /logout': ({ query, sendPage }) => sendPage(signOut(pool, query)),
    'POST /oauth2/token': async ({ tokenRequest, sendJson }) =>
      sendJson(giveTokens(pool, grants, await tokenRequest())),
    'POST /oauth2/revoke': async ({ tokenRequest, sendJson }) => sendJson(revokeToken(pool, await tokenRequest())),
    'GET /oauth2/userInfo': ({ request, sendJson }) => sendJson(userInfo(pool, request.headers.authorization)),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url);
    const route = routes[`${request.method} ${pathname}`];
    if (!route) return answerOperation(request, response, operations);
    await route({ request, query, ...exchangeOf(request, response) });
  };

  return guarded(origins, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      printError(error instanceof Error ? error.message : String(error));
      response.writeHead(500).end();
    });
  });
}

interface Exchange {
  request: IncomingMessage;
  query: URLSearchParams;
  form: () => Promise<URLSearchParams>;
  tokenRequest: () => Promise<TokenRequest>;
  sendPage: (page: Page) => void;
  sendJson: (answer: JsonAnswer) => void;
}

const formOf = async (request: IncomingMessage) => new URLSearchParams(Buffer.from(await readBody(request)).toString());

const exchangeOf = (request: IncomingMessage, response: ServerResponse) => ({
  form: () => formOf(request),
  tokenRequest: async () => ({ form: await formOf(request), authorization: request.headers.authorization }),
  sendPage({ status, html, location }: Page) {
    response
      .writeHead(status, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ...(location === undefined ? {} : { location }),
      })
      .end(html);
  },
  sendJson({ status, body }: JsonAnswer) {
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(body && JSON.stringify(body));
  },
});

const keySet = ({ sessions }: Pool) => ({
  keys: [{ ...sessions.publicKey.export({ format: 'jwk' }), alg: 'RS256', kid: keyId, use: 'sig' }],
});

/** As Cognito's, with the addresses of this machine. */
const discovery = ({ settings: { issuer, clients } }: Pool, url: string) => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  authorization_endpoint: `${url}/oauth2/authorize`,
  token_endpoint: `${url}/oauth2/token`,
  revocation_endpoint: `${url}/oauth2/revoke`,
  userinfo_endpoint: `${url}/oauth2/userInfo`,
  end_session_endpoint: `${url}/logout`,
  response_types_supported: ['code'],
  scopes_supported: [...new Set([...clients.values()].flatMap(({ scopes }) => scopes))],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
});
