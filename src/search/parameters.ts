/** The queries of `GET /products` and `GET /admin/products`: of plain lists, and with `q` or `sort` of searches. */
import * as z from 'zod/mini';
import { tokenWanted } from '../catalog/page-limit';
import { status } from '../catalog/product-parameters';
import { productQuery } from '../catalog/product-query';
import { text } from '../catalog/text';
import { ulidPattern } from '../catalog/ulid';
import { changeKey } from '../changes/change-key';
import { wordsOf } from './fold';
import { sort, type Sort } from './question';
import { decodeToken } from './token';

const mostWords = 10;
const q = text({ max: 200 }).check(
  z.refine((query) => wordsOf(query).length > 0, 'must have a letter, a digit or another sign that can be looked for'),
  z.refine((query) => wordsOf(query).length <= mostWords, `must have at most ${mostWords} words`),
);

const tokenOfSortWanted = `${tokenWanted}, with the same sort`;
// A folded name of a hundred U+FDFA, which nothing of Unicode is longer than, makes a token of 4,500 characters.
const tokenShape = /^[A-Za-z0-9_.:-]{1,5000}$/;
const parameters = {
  ...productQuery.shape,
  q: z.optional(q),
  sort: z.optional(sort),
  nextToken: z.optional(z.string().check(z.regex(tokenShape, { error: tokenOfSortWanted, abort: true }))),
};

interface Asked {
  q?: string | undefined;
  sort?: Sort | undefined;
  categoryId?: string | undefined;
  descendants?: 'true' | undefined;
  deleted?: 'true' | undefined;
  nextToken?: string | undefined;
}

/** In what order a search is answered; undefined where none is asked for. */
export const sortOf = ({ q: query, sort: by }: Asked): Sort | undefined =>
  by ?? (query === undefined ? undefined : 'relevance');

function fits(asked: Asked): boolean {
  const { nextToken, deleted } = asked;
  if (nextToken === undefined) return true;
  if (deleted !== undefined) return changeKey.test(nextToken);
  const by = sortOf(asked);
  return by === undefined ? ulidPattern.test(nextToken) : decodeToken(nextToken, by) !== undefined;
}

const goTogether = () => [
  z.refine<Asked>(fits, { path: ['nextToken'], error: tokenOfSortWanted }),
  z.refine<Asked>((asked) => asked.sort !== 'relevance' || asked.q !== undefined, {
    path: ['sort'],
    error: 'must be another where there is no q: relevance is how well a product matches that',
  }),
  // Before what it goes with: the first reason is the one that is given.
  z.refine<Asked>((asked) => asked.descendants === undefined || asked.deleted === undefined, {
    path: ['descendants'],
    error: 'goes without deleted',
  }),
  z.refine<Asked>((asked) => asked.descendants === undefined || asked.categoryId !== undefined, {
    path: ['descendants'],
    error: 'goes with categoryId: it adds the products of the categories below that',
  }),
];

/** The query of `GET /products`, which shows active products alone. */
export const productSearch = z.strictObject(parameters).check(...goTogether());
export type ProductSearch = z.infer<typeof productSearch>;

/** The query of `GET /admin/products`; `deleted` asks for those that can be restored. */
export const anyProductSearch = z
  .strictObject({ ...parameters, status: z.optional(status), deleted: z.optional(z.literal('true', 'must be true')) })
  .check(
    ...goTogether(),
    z.refine<Asked>((asked) => asked.deleted === undefined || sortOf(asked) === undefined, {
      path: ['deleted'],
      error: 'goes without q and sort',
    }),
  );
export type AnyProductSearch = z.infer<typeof anyProductSearch>;
