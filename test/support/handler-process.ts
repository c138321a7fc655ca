/** What runs in a handler's own process: any handler of `functions/`, and the client that it writes by. */
export { documents } from '../../src/dynamodb/client';

/** Loads the handler of this name. */
export async function handlerOf(name: string): Promise<unknown> {
  const { handler } = (await import(`../../functions/${name}.ts`)) as { handler: unknown };
  return handler;
}
