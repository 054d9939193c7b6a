/** One hook a question to the house. */
import type {
  AccountView,
  Counters,
  DeadLetterPage,
  DeviceList,
  InfractionDetail,
  InfractionPage,
  ProfileList,
  Readiness,
  Rollup,
  SiteList,
} from '@wayside/contracts/http';
import type { LawProfile, LawProfileRef } from '@wayside/contracts/law-profile';
import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ApiError, getJson, withQuery } from './client.ts';
import type { Filters } from './filters.ts';

const PAGE_SIZE = 50;
const MAX_PAGES = 40;
const RETRY_MS = 2_500;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        gcTime: 300_000,
        networkMode: 'always',
        retry: (count, error) => count < 2 && !isFinal(error),
      },
    },
  });
}

/**
 * A question asked again every so often for as long as the page is looked at. While the house fails it is asked on and
 * on, and the latest failure is told meanwhile, so that a page shows neither a flicker nor an endless wait.
 */
function usePolled<T>(key: readonly unknown[], path: string, everyMs: number, also?: number) {
  const { data, error, failureReason, refetch, isPending } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson<T>(path, signal, also),
    refetchInterval: ({ state }) => (state.error ? false : everyMs),
    retry: (_, failure) => !isFinal(failure),
    retryDelay: RETRY_MS,
  });
  return { data, error: error ?? failureReason, refetch, isPending };
}

/** Asking again would give the same answer. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'missing' || error.code === 'locked');

export const useSites = () => usePolled<SiteList>(['sites'], withQuery('/api/sites', { limit: 500 }), 20_000);
export const useDevices = () =>
  usePolled<DeviceList>(['devices'], withQuery('/api/devices', { limit: 500 }), 10_000);
export const useCounters = () => usePolled<Counters>(['counters'], '/api/counters', 3_000);
/** A house that is not ready says so with 503 and the same body. */
export const useReadiness = () => usePolled<Readiness>(['ready'], '/ready', 5_000, 503);
export const useRollup = (minutes: number) =>
  usePolled<Rollup>(['rollup', minutes], withQuery('/api/rollup', { minutes }), 6_000);
/** The wording of the law that something was judged under; undefined until it is here, or where the house has it no more. */
export function useLaw(ref: LawProfileRef): LawProfile | undefined {
  const { data } = usePolled<ProfileList>(['profiles'], '/api/profiles', 600_000);
  return data?.items.find(({ id, version }) => id === ref.id && version === ref.version);
}
export const useDeadLetters = (limit: number) =>
  usePolled<DeadLetterPage>(['dead-letters', limit], withQuery('/api/dead-letters', { limit }), 15_000);

export const useRecent = () =>
  useQuery({
    queryKey: ['infractions', 'recent'],
    queryFn: ({ signal }) =>
      getJson<InfractionPage>(withQuery('/api/infractions', { limit: PAGE_SIZE }), signal),
  });

export const useInfraction = (id: string) =>
  useQuery({
    queryKey: ['infraction', id],
    queryFn: ({ signal }) => getJson<InfractionDetail>(`/api/infractions/${encodeURIComponent(id)}`, signal),
    refetchInterval: ({ state }) => (state.data?.infraction.hold === 'pending' ? 1_000 : 20_000),
  });

export const useAccount = (id: string) =>
  usePolled<AccountView>(['account', id], `/api/accounts/${encodeURIComponent(id)}`, 10_000);

export const useInfractionPages = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['infractions', 'pages', filters],
    queryFn: ({ pageParam, signal }) =>
      getJson<InfractionPage>(
        withQuery('/api/infractions', { ...filters, limit: PAGE_SIZE, cursor: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last, pages) => (pages.length < MAX_PAGES ? (last.next ?? undefined) : undefined),
    staleTime: 30_000,
  });
