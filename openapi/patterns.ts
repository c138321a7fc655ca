/** Regular expressions as every tool reads them: no shorthands, no look-around, hexadecimal digits in upper case. */

const controls = String.raw`\u0000-\u001F\u007F-\u009F`;
const controlsExceptLayout = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`;
const refused = String.raw`\u202A-\u202E\u2066-\u2069\uFFFD`;
const blanks = String.raw`\u0020\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF`;
const ignored =
  String.raw`\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2060-\u206F\u2800\u3164` +
  String.raw`\uFE00-\uFE0F\uFFA0\uFFF0-\uFFFB`;
const solid = `[^${controls}${refused}${blanks}]`;
// Beyond U+FFFF, where engines differ in how a pattern has to name them, there are more characters that show nothing.
const visible = `[^${controls}${refused}${blanks}${ignored}]`;

/** The characters that `text` accepts. */
export function textPattern(multiline: boolean, mayBeEmpty: boolean): string {
  const accepted = `[^${multiline ? controlsExceptLayout : controls}${refused}]`;
  return mayBeEmpty ? `^${accepted}*$` : `^${accepted}*${visible}${accepted}*$`;
}

/** Engines differ in what they take for a digit or a blank, and Go's know no hexadecimal in lower case: the pattern says it in full. */
export const portable = (pattern: string) =>
  pattern
    .replaceAll(String.raw`\d`, '[0-9]')
    .replaceAll(String.raw`\S`, solid)
    .replaceAll(String.raw`\/`, '/')
    .replaceAll(
      /\\(u[0-9a-f]{4}|x[0-9a-f]{2})/g,
      (_, code: string) => `\\${code[0] ?? ''}${code.slice(1).toUpperCase()}`,
    );
