/** Why one row of a file is not imported, for whoever corrects it. */
import { ApplicationError, type FieldError } from '../../src/errors';
import { validate, type Schema } from '../../src/http/validation';
import { Failure } from '../../deployment/failure';

/** A failure that other rows may be without. */
export class Rejection extends Failure {}

/** Where a row begins. The first line is 1, and so is the first record of a line that has several. */
export interface Place {
  line: number;
  inLine?: number | undefined;
}

export const describePlace = ({ line, inLine }: Place): string =>
  inLine === undefined ? `line ${line}` : `record ${inLine} of line ${line}`;

/** The record in a row, by the schema that the API holds it against. Throws `Rejection` with every field that it refuses. */
export function readRecord<Output>(schema: Schema<Output>, value: unknown): Output {
  try {
    return validate(schema, value, 'body');
  } catch (error) {
    if (!(error instanceof ApplicationError)) throw error;
    throw new Rejection(describeErrors(error.facts.errors ?? []) || error.message);
  }
}

export const describeErrors = (errors: Pick<FieldError, 'pointer' | 'detail'>[]) =>
  errors.map(({ pointer, detail }) => (pointer === '' ? detail : `${fieldName(pointer)}: ${detail}`)).join('; ');

/** What files call the field that the API points at. */
export function fieldName(pointer: string): string {
  const name = pointer.slice(1);
  return inFiles.get(name) ?? name.replaceAll('~1', '/').replaceAll('~0', '~');
}

const inFiles: ReadonlyMap<string, string> = new Map([
  ['price/amount', 'price'],
  ['price/currency', 'currency'],
  ['categoryId', 'category'],
  ['parentId', 'parent'],
]);

export type Kind = 'product' | 'category';

export const noSuchCategory = (text: string) => `category: there is none with the slug or the name "${text}"`;

export const lacking = (kind: Kind, fields: string[]) =>
  `there is no such ${kind} yet, and a new one needs ${fields.join(', ')}`;

export const staleVersion = (version: unknown, current: unknown) =>
  `version: the row has ${String(version)}, and by now it is ${String(current)}: export anew, or empty the cell to overwrite`;

export const taken = (kind: Kind, field: string, value: string) => `${field}: another ${kind} has "${value}"`;

export const overtaken = 'others changed it each time: import this row again';

export const goneSince = (kind: Kind, version: unknown) =>
  `version: the row has ${String(version)}, and there is no such ${kind} any more: empty the cell to create it`;
