/** Why one row of a file is not imported, for whoever corrects it. */
import { ApplicationError, type FieldError } from '../../src/errors';
import { validate, type Schema } from '../../src/http/validation';
import { Failure } from '../../deployment/failure';

/** A failure that other rows may be without. */
export class Rejection extends Failure {}

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
  errors.map(({ pointer, detail }) => (pointer === '' ? detail : `${pointer.slice(1)}: ${detail}`)).join('; ');
