/** Refusals as the API promises them: problem documents (RFC 9457) with a stable code and nothing else inside. */
import { STATUS_CODES } from 'node:http';
import * as z from 'zod/mini';
import type { Answer } from './events';

/** Expects exactly this problem; `facts` are the members that its code adds. */
export function expectProblem(answer: Answer, status: number, code: string, facts: object = {}): void {
  const text: unknown = expect.stringMatching(/\S/);
  const common = {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: text,
    code,
    requestId: 'request-1',
  };
  expect(answer).toEqual({
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: { ...common, ...facts },
  });
}

const invalid = z.looseObject({
  errors: z.array(z.strictObject({ in: z.string(), pointer: z.string(), detail: z.string().check(z.minLength(1)) })),
});

/** Expects a 400 that points at this one field, with one reason. */
export function expectInvalid(answer: Answer, where: 'body' | 'path' | 'query' | 'header', pointer: string): void {
  const { errors = [] } = invalid.safeParse(answer.body).data ?? {};
  expectProblem(answer, 400, 'invalid_request', { errors });
  expect(errors.map((error) => `${error.in} ${error.pointer}`)).toEqual([`${where} ${pointer}`]);
}
