/** Questions and answers of the person concerned. */
import type { PortalCase, PortalCommand, PortalSession } from '@wayside/contracts/http-portal';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson, withQuery } from '../api/client.ts';

const SESSION = ['portal'];
const POLL_MS = 20_000;

export const usePortalSession = () =>
  useQuery({
    queryKey: SESSION,
    queryFn: ({ signal }) => getJson<PortalSession>('/api/portal/session', signal),
    retry: false,
    staleTime: Infinity,
  });

export function useEnter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (letter: { readonly reference: string; readonly pin: string }) =>
      sendJson<PortalSession>('POST', '/api/portal/session', letter),
    onSuccess: (session) => client.setQueryData(SESSION, session),
  });
}

export const leave = (): Promise<unknown> => sendJson('DELETE', '/api/portal/session');

export const usePortalCase = (id: string) =>
  useQuery({
    queryKey: ['portal', id],
    queryFn: ({ signal }) => getJson<PortalCase>(`/api/portal/cases/${encodeURIComponent(id)}`, signal),
    refetchInterval: POLL_MS,
  });

export function usePortalCommand(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (command: PortalCommand) =>
      sendJson<PortalCase>('POST', `/api/portal/cases/${id}/events`, command),
    onSuccess: (found) => client.setQueryData(['portal', id], found),
    onError: () => void client.invalidateQueries({ queryKey: ['portal', id] }),
  });
}

export function usePortalFile(id: string) {
  const client = useQueryClient();
  const again = { onSuccess: () => void client.invalidateQueries({ queryKey: ['portal', id] }) };
  return {
    comment: useMutation({
      mutationFn: (said: { readonly about: string; readonly text: string }) =>
        sendJson('POST', `/api/portal/cases/${id}/comments`, said),
      ...again,
    }),
    upload: useMutation({
      mutationFn: (file: File) =>
        sendJson('POST', withQuery(`/api/portal/cases/${id}/uploads`, { name: file.name }), file),
      ...again,
    }),
  };
}
