/** A list that comes in pages: what is there, and a button for more. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty, Failure, Loading } from './states';

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
  });
}

interface Props<Item> {
  of: ReturnType<typeof usePages<Item>>;
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

export function Pages<Item>({ of: query, empty, children }: Props<Item>) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  if (!data) return error ? <Failure error={error} retry={() => void refetch()} /> : <Loading />;
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      {items.length === 0 && !hasNextPage ? <Empty>{empty}</Empty> : children(items)}
      {error && <Failure error={error} retry={() => void fetchNextPage()} />}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Load more
        </Button>
      )}
    </>
  );
}
