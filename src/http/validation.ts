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

/** The parsed value. Throws `invalid_request` with a pointer for every rejected field. */
export function validate<Output>(schema: Schema<Output>, value: unknown, where: FieldError['in']): Output {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const unknown = where === 'query' ? unknownParameter(schema) : 'is not a known field';
  const errors = result.error.issues.flatMap((issue) => fieldErrors(issue, where, unknown));
  throw invalidRequest(errors.slice(0, mostErrors));
}

function unknownParameter(schema: Schema<unknown>): string {
  const names = schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
  return `is not a known parameter: ${names.length === 0 ? 'there are none here' : `there are ${names.join(', ')}`}`;
}

function fieldErrors(issue: z.core.$ZodIssue, where: FieldError['in'], unknown: string): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ in: where, pointer: pointer([...issue.path, key]), detail: unknown }));
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
