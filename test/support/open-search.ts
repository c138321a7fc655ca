/** As much of OpenSearch as a receiver of events writes to: documents with external versions. */
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { startServer } from './http-server';

const document = z.record(z.string(), z.unknown());
type Document = z.infer<typeof document>;

export interface OpenSearch {
  url: string;
  /** The document that a search for `status: active` finds under this id; null where it finds none. */
  found(id: string): Document | null;
  stop(): Promise<void>;
}

/** Starts an empty one on a free port of this machine. */
export async function startOpenSearch(): Promise<OpenSearch> {
  const documents = new Map<string, { version: number; document: Document }>();
  const write = (address: string, body: string): number => {
    const { pathname, searchParams } = new URL(address, 'http://localhost');
    const id = /^\/products\/_doc\/(\w+)$/.exec(pathname)?.[1];
    const version = Number(searchParams.get('version') ?? NaN);
    if (id === undefined || !Number.isInteger(version) || searchParams.get('version_type') !== 'external') return 400;
    const before = documents.get(id);
    // API reference, "Index document": with external versions, what is there must have a lower one.
    if (before && before.version >= version) return 409;
    documents.set(id, { version, document: document.parse(JSON.parse(body)) });
    return before ? 200 : 201;
  };
  const server = await startServer((request, response) => {
    void (async () => {
      const body = await text(request);
      response.writeHead(request.method === 'PUT' ? write(request.url ?? '', body) : 405).end('{}');
    })();
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    found(id) {
      const found = documents.get(id)?.document;
      return found?.['status'] === 'active' ? found : null;
    },
    stop: () => server.stop(),
  };
}
