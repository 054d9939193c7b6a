/**
 * Server-sent events, read from text as it comes (HTML standard, §9.2.6). The browser's own EventSource hides the
 * comments that a server sends as heartbeats, and without them nobody can tell a quiet street from a dead line.
 */
export type SseSignal =
  | { readonly kind: 'event'; readonly event: string; readonly data: string; readonly id: string | undefined }
  | { readonly kind: 'comment' }
  | { readonly kind: 'retry'; readonly ms: number };

export interface SseParser {
  /** Takes the next piece of the stream. @returns what it completed, in order. @throws RangeError at a line beyond the bound. */
  push(chunk: string): readonly SseSignal[];
}

const MAX_EVENT_CHARACTERS = 4_000_000;

interface Pending {
  event: string;
  data: string[];
  size: number;
  id: string | undefined;
}

export function createSseParser(): SseParser {
  let rest = '';
  let pending = empty(undefined);
  return {
    push(chunk) {
      const signals: SseSignal[] = [];
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) pending = readLine(line, pending, signals);
      if (rest.length + pending.size > MAX_EVENT_CHARACTERS) throw new RangeError('a live event is too long');
      return signals;
    },
  };
}

const empty = (id: string | undefined): Pending => ({ event: 'message', data: [], size: 0, id });

function readLine(line: string, pending: Pending, out: SseSignal[]): Pending {
  if (line === '') return dispatch(pending, out);
  if (line.startsWith(':')) {
    out.push({ kind: 'comment' });
    return pending;
  }
  const colon = line.indexOf(':');
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  return readField(field, value, pending, out);
}

function readField(field: string, value: string, pending: Pending, out: SseSignal[]): Pending {
  if (field === 'event') return { ...pending, event: value };
  if (field === 'id') return value.includes('\0') ? pending : { ...pending, id: value };
  if (field === 'retry' && /^\d+$/.test(value)) out.push({ kind: 'retry', ms: Number(value) });
  if (field !== 'data') return pending;
  pending.data.push(value);
  pending.size += value.length;
  return pending;
}

function dispatch(pending: Pending, out: SseSignal[]): Pending {
  if (pending.data.length > 0)
    out.push({ kind: 'event', event: pending.event, data: pending.data.join('\n'), id: pending.id });
  return empty(pending.id);
}
