/** A form of multipart/form-data as S3 takes it: fields, then one file, of which nothing is kept here. */
import { Busboy } from '@fastify/busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Fields } from './post-policy';
import { invalidArgument, S3Error } from './answers';

/** What S3 takes before the file. */
const mostBytes = 20 * 1024;
const mostFields = 100;

/**
 * Hands the file on as it streams, with all fields before it; those after it are not looked at. Throws `S3Error` for what is no
 * such form, and whatever `take` throws, at once: the rest is not read.
 */
export async function readForm(
  request: IncomingMessage,
  take: (fields: Fields, file: Readable) => Promise<void>,
): Promise<void> {
  const parser = parserOf(request);
  const fields = new Map<string, string>();
  let bytes = 0;
  let file: Readable | undefined;
  let taken: Promise<void> | undefined;

  const readAll = new Promise<void>((resolve, reject) => {
    parser.on('field', (name: string | undefined, value) => {
      if (taken) return;
      const field = name?.toLowerCase();
      bytes += (name?.length ?? 0) + value.length;
      if (field === undefined) reject(malformed());
      else if (bytes > mostBytes || fields.size === mostFields) reject(tooLong());
      else if (fields.has(field)) reject(invalidArgument(`The form has more than one field named '${field}'.`));
      else fields.set(field, value);
    });
    parser.on('file', (name: string | undefined, stream) => {
      if (taken || name !== 'file') {
        stream.resume();
        reject(oneFile());
        return;
      }
      file = stream;
      taken = take(fields, stream);
      taken.catch(reject);
    });
    parser.once('finish', resolve);
    parser.on('error', () => reject(malformed()));
    request.once('close', () => request.complete || reject(malformed()));
    request.pipe(parser);
  });
  try {
    await readAll;
    if (!taken) throw oneFile();
    await taken;
  } catch (error) {
    request.unpipe(parser);
    file?.destroy();
    await taken?.catch(() => undefined);
    throw error;
  }
}

function parserOf({ headers }: IncomingMessage) {
  const contentType = headers['content-type'] ?? '';
  if (!/^multipart\/form-data(?:;|$)/i.test(contentType)) {
    throw new S3Error(
      412,
      'PreconditionFailed',
      'At least one of the pre-conditions you specified did not hold: Bucket POST must be of the enclosure-type multipart/form-data',
    );
  }
  try {
    // A field that is too long is cut off one byte after what all fields may have.
    const limits = { fieldSize: mostBytes + 1, headerPairs: 20, headerSize: 8 * 1024 };
    return new Busboy({ headers: { ...headers, 'content-type': contentType }, limits });
  } catch {
    throw malformed();
  }
}

const malformed = () =>
  new S3Error(400, 'MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');

const oneFile = () => invalidArgument('POST requires exactly one file upload per request.');

const tooLong = () =>
  new S3Error(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceding the upload file were too large.',
  );
