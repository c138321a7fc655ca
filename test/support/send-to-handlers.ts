/** The API as the commands of the catalogue read from it, answered by handlers without HTTP in between. */
import type { Send } from '../../cli/catalog/api/answer';
import type { Answer, FakeRequest } from './events';

/** Takes lists and records from `answer`, which calls the handler of a route. */
export const sendToHandlers =
  (answer: (request: FakeRequest) => Promise<Answer>): Send =>
  async ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const [, list = '', id] = /^(\/admin\/products|\/categories)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const parameter = list === '/categories' ? 'categoryId' : 'productId';
    const { status, body } = await answer({
      routeKey: id === undefined ? `GET ${list}` : `GET ${list}/{${parameter}}`,
      ...(id === undefined ? {} : { path: { [parameter]: id } }),
      query: Object.fromEntries(searchParams),
    });
    return { status, headers: new Headers(), body: body as unknown };
  };
