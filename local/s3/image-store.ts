/** The pictures of the local stack: a bucket that takes them as S3 does, and serves them as CloudFront does. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import * as z from 'zod/mini';
import { readHeaders, uploadCors } from '../../resources/picture-rules';
import { localCredentials } from '../account';
import type { Service } from '../processes/processes';
import { StartError } from '../processes/start-error';
import { bucketOf } from './bucket';
import { openNotifications } from './notifications';
import { openObjects } from './objects';
import type { BucketCredentials } from './post-policy';
import { s3Server } from './server';

export const imagesBucket = 'admin-catalog-local-images';

interface ImageStoreOptions {
  /** Keeps the pictures, and what has not been told of them. */
  directory: string;
  port: number;
  /** Those of web pages that may upload. */
  origins: string[];
  /** Called with the event of each object that is new under `pending/`, again where it rejects. */
  onCreated: (event: object) => Promise<void>;
}

export interface ImageStore extends Service {
  url: string;
  /** Those of the functions, with a session token as Lambda has them. */
  credentials: BucketCredentials;
}

/** Resolves once it listens, on the loopback address. Throws `StartError` where the data of an earlier run cannot be read. */
export async function startImageStore({ directory, port, origins, onCreated }: ImageStoreOptions): Promise<ImageStore> {
  const objects = openObjects(directory);
  const notifications = openNotifications({ directory: path.join(directory, 'events'), tell: onCreated });
  const credentials = readCredentials(path.join(directory, 'credentials.json'));
  const bucket = bucketOf(imagesBucket, objects, notifications);
  const server = createServer(s3Server({ bucket, credentials, corsRules: uploadCors(origins), readHeaders }));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  notifications.start();
  const address = server.address();
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    credentials,
    ended,
    async stop() {
      server.close();
      server.closeAllConnections();
      await notifications.stop();
      await ended;
    },
  };
}

const secrets = z.object({ secretAccessKey: z.string(), sessionToken: z.string() });

/** Kept, so that a form is good for as long as it says, over a restart too. Throws `StartError` where the file is damaged. */
export function readCredentials(file: string): BucketCredentials {
  const { accessKeyId } = localCredentials;
  if (!existsSync(file)) {
    const made = {
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: randomBytes(48).toString('base64'),
    };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  try {
    return { accessKeyId, ...secrets.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  } catch {
    throw new StartError(`The local credentials in ${file} are damaged: run "npm start -- --reset" to start empty.`);
  }
}
