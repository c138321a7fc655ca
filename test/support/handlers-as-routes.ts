/** The API as the commands of the catalogue call it, answered by handlers without HTTP in between. */
import { routesOf, type Fetch, type Routes } from '../../deployment/routes';
import type { Answer, FakeRequest } from './events';

/** Takes answers from `answer`, which calls the handler of a route. */
export const handlersAsFetch =
  (answer: (request: FakeRequest) => Promise<Answer>): Fetch =>
  async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const [, list = '', id, below = ''] =
      /^(\/admin\/products|\/products|\/categories)(?:\/(?!bulk)(\w+)(\/images)?)?/.exec(pathname) ?? [];
    const parameter = list === '/categories' ? 'categoryId' : 'productId';
    const body = await request.text();
    const { status, body: answered } = await answer({
      routeKey: `${request.method} ${id === undefined ? pathname : `${list}/{${parameter}}${below}`}`,
      ...(id === undefined ? {} : { path: { [parameter]: id } }),
      ...(searchParams.size === 0 ? {} : { query: Object.fromEntries(searchParams) }),
      headers: Object.fromEntries(request.headers),
      ...(body === '' ? {} : { body }),
    });
    return answered === undefined ? new Response(null, { status }) : Response.json(answered, { status });
  };

export const handlersAsRoutes = (answer: (request: FakeRequest) => Promise<Answer>): Routes =>
  routesOf('http://localhost', handlersAsFetch(answer));
