/** One run of the model: what it knows, and how it speaks to the stack. */
import { randomBytes } from 'node:crypto';
import type { StackInfo } from '../../../deployment/stack-info';
import type { Answer } from '../events';
import { send } from '../stack';
import { accessClaims, sign } from '../tokens';
import { emptyCatalogue, type Catalogue, type CatalogueRequest } from './catalogue';

/** The model's side of a run. */
export class World {
  catalogue: Catalogue = emptyCatalogue();
  /** What every unique value of this run begins with, so that nothing other runs have left is in its way. */
  readonly word = `m${randomBytes(5).toString('hex')}`;
  /** Ids of the last record that was created in each place. */
  readonly products: (string | undefined)[] = [];
  readonly categories: (string | undefined)[] = [];
  /** How many commands have run. */
  commands = 0;
  readonly #seen = new Map<string, number>();

  /** Takes note of a version that a caller was told of. */
  see(caller: string, { body }: Answer): void {
    if (body?.id !== undefined && body.version !== undefined) this.#seen.set(`${caller} ${body.id}`, body.version);
  }

  etagFor(condition: string, caller: string, id: string): string | undefined {
    const current = (this.catalogue.products.get(id) ?? this.catalogue.categories.get(id))?.version ?? 1;
    if (condition === 'absent') return undefined;
    if (condition === 'any') return '*';
    return `"${condition === 'seen' ? (this.#seen.get(`${caller} ${id}`) ?? current) : current}"`;
  }
}

/** Sends a request as the caller it names, who is an admin. */
export type Send = (request: CatalogueRequest) => Promise<Answer>;

export function sender(stack: StackInfo, callers: string[]): Send {
  const tokens = new Map(callers.map((sub) => [sub, sign({ ...accessClaims(stack, ['admin']), sub })]));
  return ({ route, caller, id = '', query = {}, body, ifMatch, key }) => {
    const [method = '', template = ''] = route.split(' ');
    return send(stack.apiUrl, method, `${template.replace(/\{\w+\}/, id)}?${new URLSearchParams(query).toString()}`, {
      token: tokens.get(caller),
      body,
      headers: {
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
    });
  };
}
