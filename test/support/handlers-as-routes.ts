/** The API as the commands of the catalogue read from it, answered by handlers without HTTP in between. */
import { routesOf, type Routes } from '../../deployment/api';
import type { Answer, FakeRequest } from './events';

/** Takes lists and records from `answer`, which calls the handler of a route. */
export const handlersAsRoutes = (answer: (request: FakeRequest) => Promise<Answer>): Routes =>
  routesOf('http://localhost', async ({ url }) => {
    const { pathname, searchParams } = new URL(url);
    const [, list = '', id] = /^(\/admin\/products|\/categories)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const parameter = list === '/categories' ? 'categoryId' : 'productId';
    const { status, body } = await answer({
      routeKey: id === undefined ? `GET ${list}` : `GET ${list}/{${parameter}}`,
      ...(id === undefined ? {} : { path: { [parameter]: id } }),
      query: Object.fromEntries(searchParams),
    });
    return Response.json(body, { status });
  });
