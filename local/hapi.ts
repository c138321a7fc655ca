/** The parts of hapi, the server beneath serverless-offline, that the local gateway touches. */
import type { IncomingMessage } from 'node:http';

export interface HapiRequest {
  raw: { req: IncomingMessage };
  url: URL;
  payload?: unknown;
  /** The cookies. */
  state: Record<string, string | string[]> | null;
}

interface HapiResponse {
  /** The parameters of the media type; empty for none. */
  charset(charset: string): HapiResponse;
  code(status: number): HapiResponse;
  header(name: string, value: string): HapiResponse;
  type(mediaType: string): HapiResponse;
  takeover(): unknown;
}

export interface HapiToolkit {
  authenticated(auth: { credentials: object }): unknown;
  response(body?: object): HapiResponse;
  continue: unknown;
}

/** What is about to be sent: a response, or an error. */
interface Answered extends HapiRequest {
  response:
    | (HapiResponse & { headers: Record<string, string>; source: unknown })
    | { output: { headers: Record<string, string> } };
}

interface RouteSettings {
  cache: unknown;
  response: { ranges: boolean };
}

export interface HapiServer {
  settings: { compression: unknown; router: { stripTrailingSlash: boolean } };
  events: { on(name: 'route', listener: (route: { settings: RouteSettings }) => void): void };
  ext(point: 'onRequest', method: (request: HapiRequest, toolkit: HapiToolkit) => unknown): void;
  ext(point: 'onPreResponse', method: (request: Answered, toolkit: HapiToolkit) => unknown): void;
  match(method: string, path: string): unknown;
  route(route: { method: string; path: string; handler: (request: unknown, toolkit: HapiToolkit) => unknown }): void;
}
