/** The text of a file: UTF-8, or the UTF-16 that spreadsheets save as "Unicode text", without the byte order mark. */
import { createReadStream } from 'node:fs';
import { countLineEnds, decoderFor, notUtf8, requireText } from './encoding';
import { refuseOtherThanFile } from './file-failure';
import type { CatalogFile } from './file-name';
import { requireState } from './file-state';

type ReadFile = Pick<CatalogFile, 'path' | 'state'>;

/** In pieces. Throws `Failure` for what is no text, text in another encoding, and a file that has changed. */
export async function* readText({ path: file, state }: ReadFile): AsyncGenerator<string> {
  let decoder: ReturnType<typeof decoderFor> | undefined;
  let line = 1;
  const decode = (bytes?: Buffer<ArrayBuffer>) => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
    } catch {
      const where = line + countLineEnds(damaged(bytes));
      throw notUtf8(file, where);
    }
  };
  await refuseOtherThanFile(file, 'read');
  const chunks: AsyncIterable<Buffer<ArrayBuffer>> = createReadStream(file);
  for await (const chunk of chunks) {
    await requireState(file, state);
    decoder ??= decoderFor(chunk, file);
    const text = decode(chunk);
    requireText(text, file);
    line += countLineEnds(text);
    yield text;
  }
  // It may have become shorter.
  await requireState(file, state);
  yield decode();
}

/** Its beginning, which holds the header row. */
export async function readHead(file: ReadFile): Promise<string> {
  let head = '';
  for await (const text of readText(file)) {
    head += text;
    if (head.length > longestHead) break;
  }
  return head;
}

const longestHead = 16_384;

/** The text before what cannot be decoded, nearly. */
const damaged = (bytes = Buffer.alloc(0)) => bytes.toString('utf8').split('\ufffd')[0] ?? '';
