/** The encoding of a file's text, and its lines: for files on a disk, and for those that a browser is given. */
import { Failure } from '../../../deployment/failure';

/** For UTF-8, or the UTF-16 that spreadsheets save as "Unicode text". Throws `Failure` for a workbook, which is no text. */
export function decoderFor(start: Uint8Array, file: string): InstanceType<typeof TextDecoder> {
  if (workbooks.some((signature) => signature.every((byte, index) => start[index] === byte))) {
    throw new Failure(`${file} is a workbook and no text: in the spreadsheet, save it as "CSV UTF-8".`);
  }
  return new TextDecoder(encodingOf(start), { fatal: true });
}

/** How a ZIP archive begins, which most of them are, and the compound file of an old .xls. */
const workbooks = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** By the byte order mark, or by where the zeros are that every Latin letter and every comma has in UTF-16. */
function encodingOf([first, second]: Uint8Array): string {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** Throws `Failure` for a character that no text has. */
export function requireText(text: string, file: string): void {
  if (text.includes('\0')) throw new Failure(`${file} is not text: in a spreadsheet, save it as "CSV UTF-8".`);
}

export const notUtf8 = (file: string, line: number) =>
  new Failure(`${file} is not UTF-8 (line ${line}): save it as "CSV UTF-8", or as UTF-8 text, and import that.`);

/** LF, CR LF, and the CR alone of old spreadsheets. */
export const countLineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
