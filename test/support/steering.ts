/** What text from outside can do to a terminal: written down apart from the code that keeps it from doing so. */

/** C0 but for the line breaks between lines, DEL, C1, the bidirectional controls of Unicode, and its own line breaks. */
export const steering =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

/** Text that would clear the screen, colour what follows, turn it round, and begin a line of its own. */
export const hostile = 'x\u001b[2J\u009b31m\u202eevil\u2066\r\nforged';
