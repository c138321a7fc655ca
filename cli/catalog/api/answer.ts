/** What the API answered, read to its end, and what it says of a refusal. */
import * as z from 'zod/mini';
import type { Fetch } from '../../../deployment/routes';
import { Failure } from '../../../deployment/failure';
import { describeErrors, fieldName, Rejection, taken, type Kind } from '../rejection';

/** A request without an answer: whether the API has done it is not known. */
export class NoAnswer extends Rejection {}

// API Gateway answers within 30 seconds.
const longestWait = 40_000;

/** Answers that have come to their end. Throws `NoAnswer` where one does not, and `Failure` for a success that is no JSON. */
export const readToEnd =
  (fetch: Fetch): Fetch =>
  async (request) => {
    let response: Response;
    let text: string;
    try {
      response = await fetch(new Request(request, { signal: AbortSignal.timeout(longestWait) }));
      text = await response.clone().text();
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new NoAnswer(`no answer: ${networkError(error)}`);
    }
    if (response.ok && text !== '' && parse(text) === undefined) throw strange(request.method, response);
    return response;
  };

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the JSON says; undefined where there is none. */
export const bodyOf = async (response: Response): Promise<unknown> => parse(await response.clone().text());

/** fetch says "fetch failed", and its cause why. */
function networkError(error: unknown): string {
  const { data } = fetchError.safeParse(error);
  return data?.cause.code ?? String(error);
}

const fetchError = z.object({ cause: z.object({ code: z.string() }) });

/** The body of a success, held against the schema. Throws `Failure` where the API answers something else. */
export function understand<Body>(
  { data, response }: { data?: unknown; response: Response },
  method: string,
  schema: z.ZodMiniType<Body>,
): Body {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw strange(method, response, parsed.error.issues[0]?.path.join('/'));
  return parsed.data;
}

const strange = (method: string, { status, url }: Response, place = '') =>
  new Failure(
    `${method} ${url} answered ${status} with something unknown${place && ` at ${place}`}: is this the API of a catalogue, and of this version?`,
  );

const problem = z.object({
  code: z.optional(z.string()),
  detail: z.optional(z.string()),
  /** Which field is at fault, and what it has. */
  field: z.optional(z.string()),
  value: z.optional(z.string()),
  /** Of the gateway's own answers. */
  message: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
});

export function problemIn(body: unknown): z.infer<typeof problem> {
  const { data = {} } = problem.safeParse(body);
  return data;
}

/** Why the API did not do it, in its own words. */
export function reasonOf(status: number, body: unknown): string {
  const { detail, message, errors } = problemIn(body);
  const said = errors ? describeErrors(errors) : (detail ?? message ?? '');
  return `${status}${said && `: ${said}`}`;
}

/** Why the API refuses what a row says, by the names of the file's columns where it is about one of them. */
export function refusalOf(kind: Kind, status: number, body: unknown): string {
  const { code, field, value, detail, errors } = problemIn(body);
  if (errors) return describeErrors(errors);
  if (field === undefined) return reasonOf(status, body);
  if (code === 'slug_taken' || code === 'sku_taken') return taken(kind, field, value ?? '');
  return `${fieldName(`/${field}`)}: ${detail ?? 'is refused'}`;
}
