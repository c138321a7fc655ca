/** A token that has been tampered with, or made by someone who is not the pool: what every authorizer has to refuse. */

/**
 * `comment` is that of the vectors in C2SP/wycheproof's `testvectors_v1/json_web_signature_test.json` that show the same fault;
 * mutants without one go beyond them.
 */
export interface Mutant {
  name: string;
  comment?: string;
  token: string;
}

/** A token's three parts. */
export function partsOf(token: string): [header: string, payload: string, signature: string] {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return [header, payload, signature];
}

/** Rows of a table as mutants: what was done, the comment of the vectors that do so, and the outcome. */
export const mutants = (rows: [name: string, comment: string | undefined, token: string][]): Mutant[] =>
  rows.map(([name, comment, token]) => ({ name, token, ...(comment === undefined ? {} : { comment }) }));
