/** A list that comes in pages: what is there, and a button for more. */
import { keepPreviousData, useInfiniteQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Empty, Failure, Loading } from './states';
import { SteadyButton } from './steady-button';

export interface Page<Item> {
  items: Item[];
  nextToken?: string;
}

/** As the API takes it. */
export const tokenQuery = (nextToken: string) => (nextToken === '' ? {} : { nextToken });

export function usePages<Item>(queryKey: readonly unknown[], ask: (nextToken: string) => Promise<Page<Item>>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    // Until what is asked for next is there: a list that is filtered does not come and go with each letter.
    placeholderData: keepPreviousData,
  });
}

/** Takes a record out of lists that stand there as they were until they have been asked for anew. */
export const withoutItem = (queries: QueryClient, queryKey: readonly unknown[], id: string) =>
  queries.setQueriesData<InfiniteData<Page<{ id: string }>>>(
    { queryKey },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
      },
  );

interface Props<Item> {
  of: ReturnType<typeof usePages<Item>>;
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

export function Pages<Item>({ of: query, empty, children }: Props<Item>) {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, isFetchNextPageError, ...ask } = query;
  const { fetchNextPage, refetch } = ask;
  if (!data) return error ? <Failure error={error} retry={refetch} /> : <Loading />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <div className={isPlaceholderData ? 'outdated' : undefined} aria-busy={isPlaceholderData}>
      {items.length === 0 && !hasNextPage ? <Empty>{empty}</Empty> : children(items)}
      {error && <Failure error={error} retry={isFetchNextPageError ? fetchNextPage : refetch} />}
      {/* After the last page it stays, and keeps the focus of whoever has pressed it. */}
      {(hasNextPage || data.pages.length > 1) && !isPlaceholderData && (
        <SteadyButton
          variant="default"
          isBusy={isFetchingNextPage}
          isOff={!hasNextPage}
          onClick={() => void fetchNextPage()}
        >
          {hasNextPage ? 'Load more' : 'These are all'}
        </SteadyButton>
      )}
    </div>
  );
}
