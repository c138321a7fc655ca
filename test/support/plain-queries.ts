/** Lets tests into the queries that do not pass the SDK's middleware (src/dynamodb/plain-query.ts). */
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import * as z from 'zod/mini';
import { documents } from '../../src/dynamodb/client';

type Fields = Record<string, unknown>;
interface Answered {
  statusCode: number;
  body: unknown;
}

const fields = z.record(z.string(), z.unknown());

/** `answer` may change what a query asks before it is sent by `send`, or answer it itself. */
export function aroundPlainQueries(
  answer: (input: Fields, send: (input: Fields) => Promise<Answered>) => Promise<Answered> | Answered,
): void {
  const { requestHandler } = documents.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (request: HttpRequest, options) => {
    const { headers, method, hostname, port, protocol, path } = request;
    // What the SDK sends has an id of its own.
    if ('amz-sdk-invocation-id' in headers) return handle(request, options);
    const send = async (input: Fields) => {
      const body = JSON.stringify(input);
      const changed = { ...headers, 'content-length': String(Buffer.byteLength(body)) };
      const to = { method, hostname, protocol, path, ...(port !== undefined && { port }) };
      const sent: { response: HttpResponse } = await handle(
        new HttpRequest({ ...to, headers: changed, body }),
        options,
      );
      const { statusCode, body: stream } = sent.response;
      return { statusCode, body: JSON.parse(await text(stream as Readable)) as unknown };
    };
    const { statusCode, body } = await answer(fields.parse(JSON.parse(String(request.body))), send);
    return { response: new HttpResponse({ statusCode, headers: {}, body: Readable.from([JSON.stringify(body)]) }) };
  };
}
