/**
 * What commands and the local stack print. Text from outside must not steer the terminal: a control sequence moves the cursor and
 * hides what stands there, and a bidirectional control shows letters in another order than they have.
 */

/** The line breaks among them: they would begin a line that looks like our own. */
const steering = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** The text with every such character as JSON escapes it, so that JSON says the same as before. */
export const printable = (text: string): string =>
  text.replace(steering, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Prints lines on stdout, each of them printable. */
export const print = (...lines: string[]): void => console.log(lines.map(printable).join('\n'));

/** The same on stderr. */
export const printError = (...lines: string[]): void => console.error(lines.map(printable).join('\n'));
