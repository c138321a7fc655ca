/** What the catalogue accepts as text, ids and slugs; every schema builds on these. */
import * as z from 'zod/mini';
import { isQuicklyNormalized, toNfc, tooManyMarks } from '../normalization';
import { ulidPattern } from './ulid';

// Overrides, embeddings and isolates can make text read differently from what is stored (Unicode TR 36, section 2.6).
const bidirectional = /[\u202A-\u202E\u2066-\u2069]/;
const control = /\p{Cc}/u;
const controlExceptLayout = /(?![\t\n\r])\p{Cc}/u;

// Text that nobody sees: whitespace, what Unicode says not to show (Default_Ignorable_Code_Point), and some characters
// that fonts leave blank all the same.
const invisible =
  /^(?:[\s\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB\u{13441}\u{13442}\u{1D159}]|\u{16FE4})*$/u;

const length = (value: string) => Array.from(value).length;

/** NFC makes one character of at most so many UTF-16 code units. Longer input is too long in any case. */
const mostUnits = 6;
const isTooLong = (value: string, max: number) => value.length > mostUnits * max;

interface TextRules {
  /** In Unicode characters (code points), after normalisation. */
  max: number;
  min?: number;
  /** Tabs and line breaks are allowed. */
  multiline?: boolean;
}

/** Facts for the API's description about checks that zod's own JSON Schema leaves out. */
export const limits = z.registry<{
  minLength?: number;
  maxLength?: number;
  multiline?: boolean;
  maxProperties?: number;
  format?: string;
}>();

// Made once, for all the schemas of text: a function makes them as it is loaded.
const inNfc = [
  z.refine<string>((value) => value.isWellFormed(), {
    error: 'must be well-formed Unicode, without lone surrogates',
    abort: true,
  }),
  z.refine<string>(isQuicklyNormalized, { error: tooManyMarks, abort: true }),
  z.overwrite(toNfc),
];
const without = (forbidden: RegExp, error: string) => z.refine<string>((value) => !forbidden.test(value), error);
const withoutControls = without(control, 'must not contain control characters');
const withoutMostControls = without(controlExceptLayout, 'must not contain control characters');
const undamaged = [
  without(bidirectional, 'must not contain bidirectional controls'),
  // U+FFFD stands where a decoder met bytes that were not UTF-8: the text was damaged on its way here.
  without(/\uFFFD/, 'must not contain U+FFFD, the sign of a damaged encoding'),
];
const visible = without(invisible, 'must not be empty');

/** Text in NFC, without anything that cannot be stored, shown or compared safely. */
export function text({ max, min = 1, multiline = false }: TextRules) {
  return z
    .string()
    .check(
      // Before anything that takes longer the longer the text is.
      z.refine((value) => !isTooLong(value, max), { error: `must have at most ${max} characters`, abort: true }),
      ...inNfc,
      multiline ? withoutMostControls : withoutControls,
      ...undamaged,
      z.refine((value) => length(value) <= max, `must have at most ${max} characters`),
      ...(min === 0 ? [] : [visible]),
    )
    .register(limits, { minLength: min, maxLength: max, multiline });
}

/** An id as `newId` makes it. */
export const ulid = z.string().check(z.regex(ulidPattern, 'must be a ULID'));

export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** In characters. */
export const longestSlug = 200;
export const slug = z
  .string()
  .check(
    z.regex(slugPattern, 'must be lower-case words (a-z, 0-9) joined by hyphens'),
    z.maxLength(longestSlug, `must have at most ${longestSlug} characters`),
  );

const longestName = 100;

/**
 * Up to `max` pairs of a name and a value. A first check refuses what `z.record` would lose in silence, the name
 * `__proto__` and two names that normalisation makes the same, and too many pairs, which `z.record` would check one by
 * one.
 */
export function textPairs<Value extends z.ZodMiniType>(
  value: Value,
  max: number,
  name: z.ZodMiniType<string, string> = text({ max: longestName }),
) {
  return z.pipe(
    z.unknown().check((context) => {
      const { value: input } = context;
      if (typeof input !== 'object' || input === null) return;
      const refuse = (path: string[], message: string) => {
        context.issues.push({ code: 'custom', input, path, message, continue: false });
      };
      const names = Object.keys(input);
      if (names.length > max && !Array.isArray(input)) {
        refuse([], `must have at most ${max} pairs`);
        return;
      }
      const seen = new Set(['__proto__']);
      for (const name of names) {
        // Names that are refused for what they are need not be compared.
        const isComparable = !isTooLong(name, longestName) && isQuicklyNormalized(name);
        const normalized = isComparable ? toNfc(name) : name;
        if (seen.has(normalized)) refuse([name], 'is not allowed as a name, or is there twice');
        seen.add(normalized);
      }
    }),
    z.record(name, value).register(limits, { maxProperties: max }),
  );
}
