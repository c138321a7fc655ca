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

/** Whether trying again, just so, may do: nothing is wrong with what was sent. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 0 || error.status >= 500);

export async function problemOf(response: Response): Promise<Problem> {
  try {
    const { code, detail, ...facts } = (await response.json()) as { code: string; detail: string };
    return new Problem(response.status, code, detail, facts);
  } catch {
    return new Problem(response.status, 'internal_error', 'The answer could not be read');
  }
}

/** What is wrong with each field, by its name in the API. */
export function fieldFaults(error: unknown): Record<string, string> {
  if (!(error instanceof Problem)) return {};
  const { errors = [], field } = error.facts;
  return Object.fromEntries([
    ...(field === undefined ? [] : [[field, error.message] as const]),
    ...errors.map(({ pointer, detail }) => [pointer.split('/')[1] ?? '', detail] as const),
  ]);
}
