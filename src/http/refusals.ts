/** Why a value is refused, in the words of whoever sent it: the library's own speak of schemas. */
import * as z from 'zod/mini';

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const units: Readonly<Record<string, [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

/** The sentence for whatever has none of its own, without its subject: the field is named beside it. */
export function refusalOf(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is required';
  switch (issue.code) {
    case 'unrecognized_keys':
      return knownKeys(issue.inst);
    case 'invalid_type':
      // JSON.parse makes Infinity of 1e309, which is a number to whoever sent it.
      if (issue.expected === 'number' && typeof issue.input === 'number')
        return 'must be a number of at most 308 digits';
      return `must be ${kinds[issue.expected] ?? 'something else'}${members(issue.inst)}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return boundary('at least', issue.minimum, issue.origin);
    case 'too_big':
      return boundary('at most', issue.maximum, issue.origin);
    default:
      return 'is not allowed here';
  }
}

const namesIn = (schema: unknown) => (schema instanceof z.ZodMiniObject ? Object.keys(schema.shape).join(', ') : '');

/** What is known where a name is not, which `validate` says before it. */
const knownKeys = (schema: unknown) =>
  namesIn(schema) === '' ? 'there are none here' : `there are ${namesIn(schema)}`;

/** What an object has, for whoever has sent 19.99 for a price. */
const members = (schema: unknown) => (namesIn(schema) === '' ? '' : ` with ${namesIn(schema)}`);

function boundary(what: string, limit: number | bigint, origin: string): string {
  const unit = units[origin]?.[Number(limit) === 1 ? 0 : 1];
  return unit === undefined ? `must be ${what} ${limit}` : `must have ${what} ${limit} ${unit}`;
}
