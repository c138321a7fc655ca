/** Holds parts of a request against their schemas, and says which field is wrong and why. */
import * as z from 'zod/mini';
import { invalidRequest, type FieldError } from '../errors';
import { refusalOf } from './refusals';

z.config({ localeError: refusalOf });

/** A schema whose accepted values are `Output`. */
export type Schema<Output> = z.ZodMiniType<Output>;

// A body of 64 KiB can hold thousands of unknown fields; the first ones make the point.
const mostErrors = 20;
const longestName = 100;

/**
 * The parsed value. Throws `invalid_request` with a pointer for every rejected value and the first reason for it: the others mostly
 * follow from that, as that an empty text has no word in it.
 */
export function validate<Output>(schema: Schema<Output>, value: unknown, where: FieldError['in']): Output {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const { issues } = result.error;
  // Last, the bound of `z.int()` itself, 53 bits: most fields have a narrower one, which says more.
  const inOrder = [...issues.filter((issue) => !isOfInt(issue)), ...issues.filter(isOfInt)];
  const errors = new Map<string, FieldError>();
  for (const error of inOrder.flatMap((issue) => fieldErrors(issue, where))) {
    if (!errors.has(error.pointer)) errors.set(error.pointer, error);
  }
  throw invalidRequest([...errors.values()].slice(0, mostErrors));
}

const isOfInt = (issue: z.core.$ZodIssue) =>
  (issue.code === 'too_big' || issue.code === 'too_small') && issue.origin === 'int';

function fieldErrors(issue: z.core.$ZodIssue, where: FieldError['in']): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    const detail = `is not a known ${where === 'query' ? 'parameter' : 'field'}: ${issue.message}`;
    return issue.keys.map((key) => ({ in: where, pointer: pointer([...issue.path, key]), detail }));
  }
  const detail = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ in: where, pointer: pointer(issue.path), detail }];
}

/** A JSON Pointer (RFC 6901), with overlong names cut. */
export function pointer(path: PropertyKey[]): string {
  return path
    .map((name) => `/${String(name).slice(0, longestName).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
