/** Why a request was not answered as asked: what the API says of it (RFC 9457), or that nobody could be reached. */

interface FieldError {
  pointer: string;
  detail: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** 0 where nothing was answered at all. */
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly facts: { errors?: FieldError[]; field?: string; currentVersion?: number } = {},
  ) {
    super(detail);
  }
}

export const unreachable = () => new Problem(0, 'unreachable', 'The console cannot be reached: check your connection');

/** Where something answers that is not the console or the API: API Gateway by itself, for one. */
export const unreadable = (status = 503) => new Problem(status, 'unreadable', 'The console cannot answer just now');

/** Whether trying again, just so, may do: nothing is wrong with what was sent. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

/** Whether the sign-in was over: the same may do once somebody has signed in again. */
export const isSignedOut = (error: unknown): boolean => error instanceof Problem && error.status === 401;

type Document = { code: string; detail: string } & Problem['facts'];

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string';

export async function problemOf(response: Response): Promise<Problem> {
  const { status } = response;
  const answer: unknown = await response.json().catch(() => undefined);
  if (!isDocument(answer)) return unreadable(status);
  const { code, detail, ...facts } = answer;
  return new Problem(status, code, detail, facts);
}

/** What a refusal says of one field, by its name in the API, or of something below it. */
export interface FieldFault {
  field: string;
  below: string[];
  detail: string;
}

export function fieldFaults(error: unknown): FieldFault[] {
  if (!(error instanceof Problem)) return [];
  const { errors = [], field } = error.facts;
  if (field !== undefined) return [{ field, below: [], detail: error.message }];
  return errors.map(({ pointer, detail }) => {
    const [name = '', ...below] = pointer.slice(1).split('/').map(unescapeStep);
    return { field: name, below, detail };
  });
}

/** Of a JSON pointer (RFC 6901). */
export const unescapeStep = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');
