/** What the catalogue accepts as text, ids and slugs; every schema builds on these. */
import * as z from 'zod/mini';

// Overrides, embeddings and isolates can make text read differently from what is stored (Unicode TR 36, section 2.6).
const bidirectional = /[\u202A-\u202E\u2066-\u2069]/;
const control = /\p{Cc}/u;
const controlExceptLayout = /(?![\t\n\r])\p{Cc}/u;

const nfc = (value: string) => value.normalize('NFC');
const length = (value: string) => Array.from(value).length;

interface TextRules {
  /** In Unicode characters (code points), after normalisation. */
  max: number;
  min?: number;
  /** Tabs and line breaks are allowed. */
  multiline?: boolean;
}

/** What JSON Schema can say of checks that zod's own JSON Schema leaves out, for the API's description. */
export const limits = z.registry<{
  minLength?: number;
  maxLength?: number;
  multiline?: boolean;
  maxProperties?: number;
  format?: string;
}>();

/** Text in NFC, without anything that cannot be stored, shown or compared safely. */
export function text({ max, min = 1, multiline = false }: TextRules) {
  const forbidden = multiline ? controlExceptLayout : control;
  return z
    .string()
    .check(
      z.refine((value) => value.isWellFormed(), {
        error: 'must be well-formed Unicode, without lone surrogates',
        abort: true,
      }),
      z.overwrite(nfc),
      z.refine((value) => !forbidden.test(value), 'must not contain control characters'),
      z.refine((value) => !bidirectional.test(value), 'must not contain bidirectional controls'),
      // U+FFFD stands where a decoder met bytes that were not UTF-8: the text was damaged on its way here.
      z.refine((value) => !value.includes('\uFFFD'), 'must not contain U+FFFD, the sign of a damaged encoding'),
      z.refine((value) => length(value) <= max, `must have at most ${max} characters`),
      z.refine((value) => length(value) >= min && (min === 0 || /\S/u.test(value)), 'must not be empty'),
    )
    .register(limits, { minLength: min, maxLength: max, multiline });
}

/** An id as `ulid()` makes it: 26 characters of Crockford's base 32, in upper case. */
export const ulid = z.string().check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a ULID'));

export const slug = z
  .string()
  .check(
    z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words (a-z, 0-9) joined by hyphens'),
    z.maxLength(200, 'must have at most 200 characters'),
  );

/** The `limit` of a list, as it stands in a query string. */
export const pageLimit = z._default(
  z.pipe(z.string().check(z.regex(/^(?:[1-9]\d?|100)$/, 'must be a whole number from 1 to 100')), z.transform(Number)),
  25,
);

/**
 * Up to `max` pairs of text. Names that `z.record` would lose in silence are refused before: `__proto__`, and two that
 * are the same once normalised.
 */
export function textPairs<Value extends z.ZodMiniType>(value: Value, max: number) {
  return z.pipe(
    z.unknown().check((context) => {
      const { value: input } = context;
      if (typeof input !== 'object' || input === null) return;
      const seen = new Set(['__proto__']);
      for (const name of Object.keys(input)) {
        if (seen.has(nfc(name))) {
          context.issues.push({
            code: 'custom',
            input,
            path: [name],
            message: 'is not allowed as a name, or is there twice',
          });
        }
        seen.add(nfc(name));
      }
    }),
    z
      .record(text({ max: 100 }), value)
      .check(z.refine((pairs) => Object.keys(pairs).length <= max, `must have at most ${max} pairs`))
      .register(limits, { maxProperties: max }),
  );
}
