/** The routes of the API, typed by docs/openapi.json, for whatever sends their requests: a command, a test, the console's page. */
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api-types';

export type Fetch = (request: Request) => Promise<Response>;

export type Schemas = components['schemas'];

export type Routes = Client<paths>;

export const routesOf = (apiUrl: string, fetch: Fetch): Routes => createClient<paths>({ baseUrl: apiUrl, fetch });
