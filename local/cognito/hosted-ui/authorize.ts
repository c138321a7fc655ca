/** Signing in by browser: the authorization code flow, up to the code. */
import * as z from 'zod/mini';
import { ServiceError } from '../../aws-json/service-error';
import { pendingSteps, type Pending } from '../challenges';
import { requirePassword, setOwnPassword } from '../operations/sign-in';
import { passwordText } from '../password';
import type { Pool } from '../pool';
import type { Settings } from '../settings';
import { faultPage, signInPage } from './page';

/** What a code stands for. */
export interface Grant {
  sub: string;
  clientId: string;
  callbackUrl: string;
  scope: string;
  nonce: string | undefined;
  codeChallenge: string | undefined;
}

/** As long as a code is good. */
export const newGrants = (): Pending<Grant> => pendingSteps<Grant>(5 * 60_000);

export interface Page {
  status: number;
  html?: string;
  location?: string;
}

type AuthorizationRequest = Omit<Grant, 'sub'> & { state: string | undefined };

const names = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

/** What was asked, or how to refuse it: to the application where it can be trusted to be one, else to the person. */
function readRequest(settings: Settings, query: URLSearchParams): AuthorizationRequest | Page {
  const get = (name: string) => query.get(name) ?? undefined;
  const callbackUrl = get('redirect_uri') ?? '';
  const client = settings.clients.get(get('client_id') ?? '');
  if (!client) return { status: 400, html: faultPage('client_id: there is no such client.') };
  if (!client.callbackUrls.includes(callbackUrl)) {
    return { status: 400, html: faultPage('redirect_uri: this address is not registered.') };
  }
  const state = get('state');
  const refuse = (error: string) => redirect(callbackUrl, { error, state });
  if (get('response_type') !== 'code') return refuse('unsupported_response_type');
  const scope = get('scope') ?? client.scopes.join(' ');
  if (!scope.split(' ').every((name) => client.scopes.includes(name))) return refuse('invalid_scope');
  const codeChallenge = get('code_challenge');
  const isS256 = get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(codeChallenge ?? '');
  if (!isS256 && (codeChallenge ?? get('code_challenge_method')) !== undefined) return refuse('invalid_request');
  return { clientId: client.id, callbackUrl, scope, state, nonce: get('nonce'), codeChallenge };
}

function redirect(address: string, parameters: Record<string, string | undefined>): Page {
  const location = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) location.searchParams.set(name, value);
  }
  return { status: 302, location: location.href };
}

/** Only what belongs to the request, so that nothing else comes back with the form. */
const hiddenIn = (query: URLSearchParams) => new URLSearchParams([...query].filter(([name]) => names.includes(name)));

export function showSignIn({ settings }: Pool, query: URLSearchParams): Page {
  const request = readRequest(settings, query);
  return 'status' in request ? request : { status: 200, html: signInPage(hiddenIn(query)) };
}

/** Sends the browser back with a code, or shows the form again with what is wrong. */
export function submitSignIn(pool: Pool, grants: Pending<Grant>, form: URLSearchParams): Page {
  const request = readRequest(pool.settings, form);
  if ('status' in request) return request;
  const again = (message: string, asksForNewPassword = false): Page => ({
    status: 200,
    html: signInPage(hiddenIn(form), message, asksForNewPassword),
  });
  try {
    const user = requirePassword(pool, form.get('username') ?? '', form.get('password') ?? '');
    if (user.status === 'FORCE_CHANGE_PASSWORD') {
      const chosen = z.safeParse(passwordText, form.get('new_password'));
      if (!chosen.success) return again('Your password is a temporary one: choose your own.', true);
      setOwnPassword(pool, user, chosen.data);
    }
    const { state, ...grant } = request;
    return redirect(request.callbackUrl, { code: grants.keep({ ...grant, sub: user.sub }), state });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return again(error.message, form.has('new_password'));
  }
}

/** Sends the browser back after a sign-out. This hosted UI remembers nobody, so there is nothing to forget. */
export function signOut({ settings }: Pool, query: URLSearchParams): Page {
  const address = query.get('logout_uri') ?? '';
  const isRegistered = settings.clients.get(query.get('client_id') ?? '')?.logoutUrls.includes(address);
  return isRegistered
    ? { status: 302, location: address }
    : { status: 400, html: faultPage('client_id, logout_uri: this address is not registered.') };
}
