/**
 * The console: its page, its sign-in, and the way of its requests to the API. A backend for the frontend (RFC 10017): no token
 * ever reaches the page, and what a person may do is decided by the API, which does not know the console.
 */
import * as z from 'zod/mini';
import { allowedGroups, policy } from '../access/policy';
import { config, type ConsoleSettings } from '../config';
import { DeadlineError, withinInvocation, type Invocation } from '../deadline';
import type { HttpEvent } from '../http/event';
import { log } from '../log';
import { busy, foreign, json, problem, redirect, Refusal, signedOut, type Answer } from './answers';
import { readCookie, setCookie } from './cookies';
import { forwardTo } from './forward';
import { pageIn } from './page';
import { placeIn } from './place';
import { sealFor } from './seal';
import { claimsOf, sessionsOf, type Current } from './session';
import { pendingSignIn, SignInFailure, userPoolOf } from './user-pool';

const pending = z.object({ ...pendingSignIn.shape, place: z.string(), endsAt: z.number() });

/** Ten minutes to sign in. */
const loginLifetime = 600;

export function newConsole(settings: ConsoleSettings) {
  const { url, clientSecret } = settings;
  const userPool = userPoolOf(settings);
  const sessions = sessionsOf(userPool, clientSecret);
  const logins = sealFor(clientSecret, 'login');
  const page = pageIn(settings);
  const forward = forwardTo(settings);

  const routes: Readonly<Record<string, (event: HttpEvent) => Promise<Answer>>> = {
    'GET /console/login': login,
    'GET /console/app': finishLogin,
    'GET /console/session': whoIs,
    'POST /console/sign-out': signOut,
  };

  async function login(event: HttpEvent): Promise<Answer> {
    const { address, ...begun } = await userPool.begin();
    const place = placeIn(url, event.queryStringParameters?.['to']);
    const value = logins.close({ ...begun, place, endsAt: Date.now() / 1000 + loginLifetime });
    return { ...redirect(address), cookies: [setCookie('login', value, loginLifetime)] };
  }

  /** The hosted UI has sent the browser back. */
  async function finishLogin(event: HttpEvent): Promise<Answer> {
    const { data } = pending.safeParse(logins.open(readCookie(event, 'login') ?? ''));
    const forget = setCookie('login', '', 0);
    try {
      if (!data || data.endsAt < Date.now() / 1000) throw new SignInFailure('stale');
      const signedIn = await userPool.finish(data, new URLSearchParams(event.rawQueryString));
      return { ...redirect(`${new URL(url).origin}${data.place}`), cookies: [sessions.begin(signedIn), forget] };
    } catch (error) {
      const reason = error instanceof SignInFailure ? error.reason : 'unavailable';
      if (!(error instanceof SignInFailure || error instanceof Refusal)) throw error;
      return { ...redirect(`${url}/sign-in-failed?reason=${reason}`), cookies: [forget] };
    }
  }

  async function whoIs(event: HttpEvent): Promise<Answer> {
    requireOwnPage(event, url);
    const current = await currentOf(event).catch((error: unknown) => {
      if (error instanceof Refusal && error.status === 401) return undefined;
      throw error;
    });
    if (!current) return { ...json({ signedIn: false }), cookies: [setCookie('session', '', 0)] };
    const { email, sub, token, endsAt } = current.session;
    const { 'cognito:groups': groups } = claimsOf(token);
    const routes = Object.entries(allowedGroups)
      .filter(([route, allowed]) => isOpen(route) || allowed.some((group) => groups.includes(group)))
      .map(([route]) => route)
      .filter((route) => settings.pictures !== undefined || !route.endsWith('/images'));
    return keeping(current, json({ signedIn: true, email, sub, groups, routes, endsAt }));
  }

  async function signOut(event: HttpEvent): Promise<Answer> {
    requireOwnPage(event, url);
    const session = sessions.read(readCookie(event, 'session'));
    if (session) await userPool.revoke(session.refreshToken);
    return { ...json({ location: userPool.signOutAddress }), cookies: [setCookie('session', '', 0)] };
  }

  async function callApi(event: HttpEvent): Promise<Answer> {
    requireOwnPage(event, url);
    const current = await currentOf(event);
    return keeping(current, await forward(event, current.session.token));
  }

  /** Throws `signedOut`, or `busy` where nobody can tell. */
  async function currentOf(event: HttpEvent): Promise<Current> {
    const session = sessions.read(readCookie(event, 'session'));
    const current = session && (await sessions.renew(session));
    if (!current) throw signedOut();
    return current;
  }

  async function answer(event: HttpEvent): Promise<Answer> {
    const { method } = event.requestContext.http;
    if (event.rawPath.startsWith('/console-api/')) return callApi(event);
    return routes[`${method} ${event.rawPath}`]?.(event) ?? page(event);
  }

  return async (event: HttpEvent, context: Invocation): Promise<Answer> => {
    const started = performance.now();
    const { requestId } = event.requestContext;
    const line = { route: event.routeKey, requestId };
    try {
      const answered = await withinInvocation(context, () => answer(event));
      log.info('request', { ...line, status: answered.statusCode ?? 200, ...since(started) });
      return answered;
    } catch (thrown) {
      const error = thrown instanceof DeadlineError ? busy(thrown) : thrown;
      const refusal = error instanceof Refusal ? error : undefined;
      const answered = problem(requestId, refusal);
      const told = { ...line, status: answered.statusCode ?? 500, code: refusal?.code, ...since(started) };
      if (refusal) log.info('request', { ...told, cause: causeOf(refusal) });
      else log.error('request', told, error);
      return answered;
    }
  };
}

const since = (started: number) => ({ milliseconds: Math.round(performance.now() - started) });

const causeOf = ({ cause }: Refusal) => (cause instanceof Error ? cause.message || cause.name : undefined);

/** Whether everyone may use the route: a deployment may open to everyone what the level `user` may read. */
const isOpen = (route: string) => config.publicReads && policy[route] === 'user';

const keeping = ({ cookie }: Current, answered: Answer): Answer =>
  cookie === undefined ? answered : { ...answered, cookies: [cookie] };

/**
 * Against requests that another page has a browser send: beside the strict cookie, a header that no other origin may send, since
 * the API's CORS rules do not name it. Throws `foreign`.
 */
function requireOwnPage({ headers }: HttpEvent, url: string): void {
  const { origin, 'sec-fetch-site': site = 'same-origin' } = headers;
  const isOwn = headers['x-console'] === '1' && site === 'same-origin';
  if (!isOwn || (origin !== undefined && origin !== new URL(url).origin)) throw foreign();
}
