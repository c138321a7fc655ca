/** What the products are called that entries tell of by their ids alone. */
import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';

/** How many are asked for at once. */
const concurrency = 6;

/** Null for one that has been deleted. */
async function ask(productId: string): Promise<string | null> {
  try {
    return (await answerOf(api.GET('/admin/products/{productId}', { params: { path: { productId } } }))).name;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

async function askAll(queries: QueryClient, ids: readonly string[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (let start = 0; start < ids.length; start += concurrency) {
    const few = ids.slice(start, start + concurrency);
    const names = await Promise.all(
      few.map((id) => queries.query({ queryKey: ['products', 'name', id], queryFn: () => ask(id), staleTime: 60_000 })),
    );
    few.forEach((id, position) => found.set(id, names[position] ?? null));
  }
  return found;
}

/** Answers the name of a product; undefined until it is there, and where there is none. */
export function useProductNames(ids: readonly string[]): (id: string) => string | undefined {
  const queries = useQueryClient();
  const wanted = [...new Set(ids)].sort();
  const { data } = useQuery({
    queryKey: ['products', 'names', wanted],
    queryFn: () => askAll(queries, wanted),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  return (id) => data?.get(id) ?? undefined;
}
