/** The text of a file: UTF-8, or the UTF-16 that spreadsheets save as "Unicode text", without the byte order mark. */
import { createReadStream } from 'node:fs';
import { countLineEnds, decoderFor, notUtf8, requireText } from './encoding';
import { refuseOtherThanFile } from './file-failure';

/** In pieces. Throws `Failure` for what is no text, or text in another encoding. */
export async function* readText(file: string): AsyncGenerator<string> {
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
    decoder ??= decoderFor(chunk, file);
    const text = decode(chunk);
    requireText(text, file);
    line += countLineEnds(text);
    yield text;
  }
  yield decode();
}

/** Its beginning, which holds the header row. */
export async function readHead(file: string): Promise<string> {
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
