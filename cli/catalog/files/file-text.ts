/** The text of a file: UTF-8, or the UTF-16 that spreadsheets save as "Unicode text", without the byte order mark. */
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { Failure } from '../../../deployment/failure';

/** In pieces. Throws `Failure` for what is no text, or text in another encoding. */
export async function* readText(file: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let line = 1;
  const decode = (bytes?: Buffer<ArrayBuffer>) => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
    } catch {
      const where = line + countLineEnds(damaged(bytes));
      throw new Failure(
        `${file} is not UTF-8 (line ${where}): save it as "CSV UTF-8", or as UTF-8 text, and import that.`,
      );
    }
  };
  const chunks: AsyncIterable<Buffer<ArrayBuffer>> = createReadStream(file);
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk, file);
    const text = decode(chunk);
    if (text.includes('\0')) throw new Failure(`${file} is not text: in a spreadsheet, save it as "CSV UTF-8".`);
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

function decoderFor(start: Buffer, file: string): TextDecoder {
  if (start.toString('latin1', 0, 4) === 'PK\u0003\u0004') {
    throw new Failure(`${file} is a workbook and no text: in the spreadsheet, save it as "CSV UTF-8".`);
  }
  return new TextDecoder(encodingOf(start), { fatal: true });
}

/** By the byte order mark, or by where the zeros are that every Latin letter and every comma has in UTF-16. */
function encodingOf([first, second]: Buffer): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** The text before what cannot be decoded, nearly. */
const damaged = (bytes = Buffer.alloc(0)) => bytes.toString('utf8').split('\ufffd')[0] ?? '';

/** LF, CR LF, and the CR alone of old spreadsheets. */
export const countLineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
