/** What the API answered, read to its end, and what it says of a refusal. */
import * as z from 'zod/mini';
import type { Api, ApiRequest } from '../../../deployment/api';
import { Failure } from '../../../deployment/failure';
import { describeErrors } from '../rejection';

export interface Answer {
  /** 0 where none came. */
  status: number;
  headers: Headers;
  /** What the JSON says; undefined where there is none. */
  body: unknown;
}

/** `pause` is for how many milliseconds nobody is to ask anything before. */
export type Send = (request: ApiRequest, pause?: number) => Promise<Answer>;

// API Gateway answers within 30 seconds.
const longestWait = 40_000;

export async function ask(api: Api, request: ApiRequest): Promise<Answer> {
  try {
    const response = await api({ ...request, signal: AbortSignal.timeout(longestWait) });
    const { status, headers } = response;
    return { status, headers, body: parse(await response.text()) };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return { status: 0, headers: new Headers(), body: { message: networkError(error) } };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch says "fetch failed", and its cause why. */
function networkError(error: unknown): string {
  const { data } = fetchError.safeParse(error);
  return data?.cause.code ?? String(error);
}

const fetchError = z.object({ cause: z.object({ code: z.string() }) });

const problem = z.object({
  code: z.optional(z.string()),
  detail: z.optional(z.string()),
  /** Of the gateway's own answers. */
  message: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
});

export function problemIn({ body }: Pick<Answer, 'body'>): z.infer<typeof problem> {
  const { data = {} } = problem.safeParse(body);
  return data;
}

/** Why the API did not do it, in its own words. */
export function reasonOf(answer: Pick<Answer, 'status' | 'body'>): string {
  const { detail, message, errors } = problemIn(answer);
  const said = errors ? describeErrors(errors) : (detail ?? message ?? '');
  return `${answer.status === 0 ? 'no answer' : answer.status}${said && `: ${said}`}`;
}
