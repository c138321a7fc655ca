/** Whose a `sub` is, as the user pool knows it. */
import { useQuery } from '@tanstack/react-query';
import { answerOf, api, type Schemas } from './client';
import { useCaller } from './session';

export type User = Schemas['User'];
export type Group = Schemas['Group'];

/** Their address; undefined until it is there, for who may not ask, and for users who have been deleted. */
export function useAddress(sub: string): string | undefined {
  const { sub: own, email, may } = useCaller();
  const { data } = useQuery({
    queryKey: ['user', sub],
    queryFn: () => answerOf(api.GET('/admin/users/{sub}', { params: { path: { sub } } })),
    enabled: sub !== own && may('GET /admin/users/{sub}'),
    staleTime: Infinity,
    retry: false,
  });
  return sub === own ? email : data?.email;
}
