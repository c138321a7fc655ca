/** The API, by way of the console's function: typed by docs/openapi.json, and every refusal thrown as a `Problem`. */
import createClient from 'openapi-fetch';
import type { components, paths } from '../../deployment/api-types';
import { ownHeader, takeEarly } from './early';
import { problemOf, unreachable, unreadable } from './problem';

export type Schemas = components['schemas'];
export type Product = Schemas['Product'];
export type Category = Schemas['Category'];
export type Image = Schemas['ProductImage'];
export type ProductInput = Schemas['ProductInput'];
export type ProductStatus = Schemas['ProductStatus'];
export type HistoryEntry = Schemas['HistoryEntry'];

/** Called when the sign-in turns out to be over. */
const whenSignedOut = new Set<() => void>();
export function onSignedOut(tell: () => void): () => void {
  whenSignedOut.add(tell);
  return () => void whenSignedOut.delete(tell);
}

/** Any answer; whoever works is told where it says that the sign-in is over. */
export async function ask(request: Request): Promise<Response> {
  const response = await (takeEarly(request) ?? fetch(request));
  if (response.status === 401) whenSignedOut.forEach((tell) => tell());
  return response;
}

/** Throws `Problem` for all that is no success. */
export async function send(request: Request): Promise<Response> {
  const response = await ask(request).catch(() => {
    throw unreachable();
  });
  if (response.ok) return response;
  throw await problemOf(response);
}

export const api = createClient<paths>({ baseUrl: '/console-api', headers: ownHeader, fetch: send });

/** What was answered; `send` has thrown where it was a refusal. */
export async function answerOf<Data>(asked: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await asked;
  if (data === undefined) throw unreadable();
  return data;
}

export const etag = (version: number) => `"${version}"`;
