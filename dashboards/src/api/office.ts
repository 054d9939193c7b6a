/** Questions and commands of officers. */
import type { CaseCommand, CaseDetail, CasePage } from '@wayside/contracts/http-cases';
import type { OfficerSession } from '@wayside/contracts/officers';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson, withQuery } from './client.ts';

export type CaseTab = 'review' | 'second-review' | 'appeal' | 'mine' | 'all';

const SESSION = ['officer'];
const POLL_MS = 10_000;

export const useOfficer = () =>
  useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => getJson<OfficerSession>('/api/officers/session', signal),
    staleTime: Infinity,
  });

/** @returns a function that resolves when the house knows who asks, and rejects with its words. */
export function useEnterOffice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (as: { readonly token: string } | { readonly demo: string } | undefined) =>
      as
        ? sendJson<OfficerSession>('POST', '/api/officers/session', as)
        : sendJson<OfficerSession>('DELETE', '/api/officers/session'),
    onSuccess: (session) => {
      client.removeQueries({ queryKey: ['cases'] });
      client.removeQueries({ queryKey: ['case'] });
      client.setQueryData(SESSION, session);
    },
  });
}

const QUESTIONS: Readonly<Record<CaseTab, Readonly<Record<string, string>>>> = {
  review: { waiting: 'review' },
  'second-review': { waiting: 'second-review' },
  appeal: { waiting: 'appeal' },
  mine: { assigned: 'me' },
  all: {},
};

export const useCases = (tab: CaseTab) =>
  useInfiniteQuery({
    queryKey: ['cases', tab],
    queryFn: ({ pageParam, signal }) =>
      getJson<CasePage>(withQuery('/api/cases', { ...QUESTIONS[tab], limit: 50, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: POLL_MS,
  });

export const useCase = (id: string) =>
  useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => getJson<CaseDetail>(`/api/cases/${encodeURIComponent(id)}`, signal),
    refetchInterval: POLL_MS,
  });

/** What an officer does to a case; the page then shows the case as the house answered. */
export function useCaseCommand(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: CaseCommand) => sendJson<CaseDetail>('POST', `/api/cases/${id}/events`, command),
    onSuccess: (detail) => {
      client.setQueryData(['case', id], detail);
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
    onError: () => void client.invalidateQueries({ queryKey: ['case', id] }),
  });
}

export function useCaseFile(id: string) {
  const client = useQueryClient();
  const again = { onSuccess: () => void client.invalidateQueries({ queryKey: ['case', id] }) };
  return {
    comment: useMutation({
      mutationFn: (said: { readonly about: string; readonly text: string }) =>
        sendJson('POST', `/api/cases/${id}/comments`, said),
      ...again,
    }),
    resend: useMutation({
      mutationFn: (notice: string) => sendJson('POST', `/api/notices/${notice}/resend`, {}),
      ...again,
    }),
  };
}
