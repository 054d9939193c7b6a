/**
 * The line to `GET /api/live`. It is opened again for as long as the page lives, from the last event heard; between
 * attempts it waits longer each time, with chance in it, so that many pages do not come back in one moment.
 *
 *   connecting ──answer──▶ open ──end, silence, fault──▶ broken ──wait──▶ connecting
 */
import type { LiveEvent } from '@wayside/contracts/http';
import { withQuery } from '../api/client.ts';
import type { LineState } from './pulse.ts';
import { createSseParser, type SseSignal } from './sse-parser.ts';

export interface LiveHandlers {
  readonly onEvent: (event: LiveEvent) => void;
  /** Anything was heard: an event or a heartbeat. */
  readonly onSignal: () => void;
  readonly onState: (state: LineState) => void;
  /** The house no longer has all that was missed: what is shown must be asked for anew. */
  readonly onGap: () => void;
}

/** The line as the page holds it. */
export interface LiveLine {
  /** Which site's street is wanted; the line is opened anew for it and misses nothing else. */
  readonly watch: (site: string | undefined) => void;
  /** Ends the line for good. */
  readonly close: () => void;
}

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 8_000;
/** A line that says nothing for so long is given up, even if nobody closed it. */
const SILENCE_MS = 35_000;

const KINDS: ReadonlySet<string> = new Set<LiveEvent['kind']>([
  'infraction',
  'hold',
  'verdict',
  'street',
  'device',
]);

interface Line {
  site: string | undefined;
  lastId: string | undefined;
  waitMs: number;
  attempt: AbortController;
}

export function openLive(handlers: LiveHandlers): LiveLine {
  const ended = new AbortController();
  const line: Line = {
    site: undefined,
    lastId: undefined,
    waitMs: FIRST_WAIT_MS,
    attempt: new AbortController(),
  };
  void keepOpen(line, handlers, ended.signal);
  return {
    watch: (site) => {
      if (site === line.site) return;
      line.site = site;
      line.attempt.abort();
    },
    close: () => ended.abort(),
  };
}

/** Runs until the signal aborts; never throws. */
async function keepOpen(line: Line, handlers: LiveHandlers, ended: AbortSignal): Promise<void> {
  const goesOn = () => !ended.aborted;
  while (goesOn()) {
    line.attempt = new AbortController();
    const { signal } = line.attempt;
    handlers.onState('connecting');
    await listen(line, handlers, AbortSignal.any([ended, signal])).catch(() => undefined);
    if (goesOn() && !signal.aborted) await waitAfterBreak(line, handlers, AbortSignal.any([ended, signal]));
  }
}

async function waitAfterBreak(line: Line, handlers: LiveHandlers, signal: AbortSignal): Promise<void> {
  handlers.onState('broken');
  await pause(line.waitMs * (0.5 + Math.random()), signal);
  line.waitMs = Math.min(line.waitMs * 2, MAX_WAIT_MS);
}

async function listen(line: Line, handlers: LiveHandlers, outer: AbortSignal): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([outer, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const headers = { accept: 'text/event-stream', ...(line.lastId && { 'last-event-id': line.lastId }) };
    const response = await fetch(withQuery('/api/live', { site: line.site }), {
      headers,
      signal,
      cache: 'no-store',
    });
    if (!response.ok || !response.body) return;
    handlers.onState('open');
    line.waitMs = FIRST_WAIT_MS;
    await read(response.body, (signals) => {
      heard();
      handlers.onSignal();
      for (const sse of signals) take(sse, line, handlers);
    });
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  onSignals: (signals: readonly SseSignal[]) => void,
): Promise<void> {
  const parser = createSseParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onSignals(parser.push(decoder.decode(value, { stream: true })));
  }
}

/** A kind of event that this page does not know yet is left alone. */
function take(sse: SseSignal, line: Line, handlers: LiveHandlers): void {
  if (sse.kind !== 'event') return;
  line.lastId = sse.id ?? line.lastId;
  if (sse.event === 'gap') handlers.onGap();
  if (KINDS.has(sse.event)) handlers.onEvent(JSON.parse(sse.data) as LiveEvent);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
