/**
 * How ids (ULIDs) are written, for whatever has to recognise one: bodies, keys of the bucket, addresses of the console.
 */

/** 26 characters of Crockford's base 32, in upper case: the text of a regular expression. */
export const ulidText = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
export const ulidPattern = new RegExp(`^${ulidText}$`);
