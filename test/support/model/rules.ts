/** What the catalogue must answer to each request, told by the model alone. */
import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../events';
import { categoryRules } from './category-rules';
import type { Catalogue, CatalogueRequest } from './catalogue';
import type { Expectation, Rule } from './expectation';
import { productRules } from './product-rules';

const rules: Readonly<Record<string, Rule>> = { ...productRules, ...categoryRules };

/** Does to the catalogue what the request must do to it; says what is wrong with the answer instead, if it is another. */
export function apply(
  catalogue: Catalogue,
  request: CatalogueRequest,
  answer: Answer,
  alone: boolean,
): string | undefined {
  const rule = rules[request.route];
  if (!rule) throw new Error(`No rule for ${request.route}`);
  const expected = rule(catalogue, request, answer, alone);
  const found = { status: answer.status, body: readBody(expected, answer), headers: readHeaders(expected, answer) };
  const wanted = { status: expected.status, body: plain(expected.body), headers: expected.headers ?? {} };
  if (!isDeepStrictEqual(found, wanted)) {
    return `${describe(request)}\n  answered ${JSON.stringify(found)}\n  expected ${JSON.stringify(wanted)}`;
  }
  expected.change?.();
  return undefined;
}

/** Of a problem, only what its code decides. */
function readBody({ read }: Expectation, { status, body }: Answer): unknown {
  if (status < 400) return plain(read ? read(body) : body);
  const { type, title, status: repeated, detail, requestId, ...facts } = body;
  return facts;
}

const readHeaders = ({ headers = {} }: Expectation, answer: Answer) =>
  Object.fromEntries(Object.keys(headers).map((name) => [name, answer.headers[name]]));

/** As JSON has it: without what is undefined. */
const plain = (body: unknown): unknown => (body === undefined ? undefined : JSON.parse(JSON.stringify(body)));

function describe({ route, caller, id, body, ifMatch, key }: CatalogueRequest): string {
  const rest = Object.entries({ id, ifMatch, key, body }).filter(([, value]) => value !== undefined);
  return `${route} by ${caller} ${JSON.stringify(Object.fromEntries(rest))}`;
}
