/** The objects of the bucket, on disk: each is a file with its bytes and one that says what it is, whose renaming makes it be. */
import { createHash, randomUUID } from 'node:crypto';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod/mini';
import { StartError } from '../processes/start-error';

const text = z.record(z.string(), z.string());

const about = z.object({
  contentType: z.string(),
  /** Under names without `x-amz-meta-`. */
  metadata: text,
  cacheControl: z.optional(z.string()),
});

const stored = z.object({
  ...about.shape,
  key: z.string(),
  size: z.number(),
  /** MD5, in hex. */
  etag: z.string(),
  modifiedAt: z.number(),
  /** The file with the bytes. */
  data: z.string(),
});

export type About = z.infer<typeof about>;
export type StoredObject = Readonly<z.infer<typeof stored>>;

/** Bytes that have arrived, and are no object yet. */
export type Arrived = Pick<StoredObject, 'data' | 'size' | 'etag'>;

/** Throws `StartError` where what an earlier run has left cannot be read. */
export function openObjects(directory: string) {
  const [objects, data] = [path.join(directory, 'objects'), path.join(directory, 'data')];
  for (const folder of [objects, data]) mkdirSync(folder, { recursive: true });
  const byKey = new Map(readObjects(objects).map((object) => [object.key, object]));
  const dataFile = (name: string) => path.join(data, name);
  const discard = ({ data: name }: Pick<StoredObject, 'data'>) => rmSync(dataFile(name), { force: true });
  // Deletes what a process that ended in the middle of a write has left.
  const inUse = new Set([...byKey.values()].map((object) => object.data));
  for (const name of readdirSync(data).filter((file) => !inUse.has(file))) discard({ data: name });

  const put = (key: string, { contentType, metadata, cacheControl }: About, arrived: Arrived): StoredObject => {
    const before = byKey.get(key);
    const object = { key, contentType, metadata, cacheControl, ...arrived, modifiedAt: Date.now() };
    const file = path.join(objects, fileOf(key));
    writeFileSync(`${file}.new`, JSON.stringify(object));
    renameSync(`${file}.new`, file);
    byKey.set(key, object);
    if (before) discard(before);
    return object;
  };

  return {
    get: (key: string) => byKey.get(key),
    /** In the order of their keys. */
    list: (prefix: string) =>
      [...byKey.values()].filter(({ key }) => key.startsWith(prefix)).sort((a, b) => (a.key < b.key ? -1 : 1)),
    /** Keeps bytes as they come. Whatever makes the source or `check` fail, which gets the size so far, leaves nothing behind. */
    async receive(source: Readable, check: (size: number) => void = () => undefined): Promise<Arrived> {
      const name = randomUUID();
      const hash = createHash('md5');
      let size = 0;
      const inspect = async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          check(size);
          hash.update(chunk);
          yield chunk;
        }
      };
      const file = createWriteStream(dataFile(name));
      try {
        await pipeline(source, inspect, file);
      } catch (error) {
        // Otherwise the file could be created after it was removed.
        if (!file.closed) await new Promise<void>((resolve) => file.once('close', resolve));
        discard({ data: name });
        throw error;
      }
      return { data: name, size, etag: hash.digest('hex') };
    },
    discard,
    put,
    copy(from: StoredObject, key: string, described: About): StoredObject {
      const name = randomUUID();
      copyFileSync(dataFile(from.data), dataFile(name));
      return put(key, described, { size: from.size, etag: from.etag, data: name });
    },
    remove(key: string): void {
      const object = byKey.get(key);
      if (!object) return;
      byKey.delete(key);
      rmSync(path.join(objects, fileOf(key)), { force: true });
      discard(object);
    },
    /** From the first to the last of these bytes, also where the object is removed meanwhile: its file is open by then. */
    read({ data: name }: StoredObject, range: { start: number; end: number }) {
      const file = dataFile(name);
      return createReadStream(file, { ...range, fd: openSync(file, 'r') });
    },
  };
}

export type Objects = ReturnType<typeof openObjects>;

/** A key has 1,024 bytes at most, and the name of a file 255. */
const fileOf = (key: string) => `${createHash('sha256').update(key).digest('hex')}.json`;

function readObjects(folder: string): StoredObject[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  try {
    return files.map((name) => stored.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
  } catch {
    throw new StartError(`The local pictures in ${folder} are damaged: run "npm start -- --reset" to start empty.`);
  }
}
