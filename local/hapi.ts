/** The parts of hapi, the server beneath serverless-offline, that the local gateway touches. */
import type { IncomingMessage } from 'node:http';

export interface HapiRequest {
  raw: { req: IncomingMessage };
  payload?: unknown;
}

interface HapiResponse {
  code(status: number): HapiResponse;
  header(name: string, value: string): HapiResponse;
  type(mediaType: string): HapiResponse;
  takeover(): unknown;
}

export interface HapiToolkit {
  authenticated(auth: { credentials: object }): unknown;
  response(body: object): HapiResponse;
  continue: unknown;
}

export interface HapiServer {
  match(method: string, path: string): unknown;
  route(route: { method: string; path: string; handler: (request: unknown, toolkit: HapiToolkit) => unknown }): void;
}
