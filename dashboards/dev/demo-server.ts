/**
 * A house of cardboard: answers the HTTP API from the demo's data, for developing the page and for its tests. It is
 * no part of what runs in earnest.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as house from './demo-house.ts';
import { streamLive } from './demo-live.ts';
import { detailOf, infractionsUntil } from './demo-record.ts';
import { sendFile } from './static-files.ts';

/** What a test can switch while the server runs. */
interface Mood {
  /** The live stream says nothing, not even a heartbeat. */
  silent: boolean;
  /** Every question but the live stream fails. */
  failing: boolean;
  /** Nothing has happened yet. */
  empty: boolean;
  /** The books do not balance, and the database is down. */
  faulty: boolean;
  /** Milliseconds before an answer. */
  slowMs: number;
  /** The house wants a token. */
  locked: boolean;
}

export interface DemoServer {
  readonly url: string;
  readonly mood: Mood;
  readonly close: () => Promise<void>;
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

export async function startDemo(of: {
  readonly port: number;
  readonly clock: () => number;
  /** Folder of the built page; without it only the API is served. */
  readonly pages?: string;
}): Promise<DemoServer> {
  const mood: Mood = { silent: false, failing: false, empty: false, faulty: false, slowMs: 0, locked: false };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://demo');
    if (url.pathname === '/api/live' && !mood.locked) streamLive(request, response, of.clock, mood);
    else if (url.pathname.startsWith('/api/') || url.pathname === '/ready')
      setTimeout(() => reply(response, answer(request, url, of.clock(), mood)), mood.slowMs);
    else sendFile(response, of.pages, url.pathname);
  });
  const port = await listen(server, of.port);
  return { url: `http://127.0.0.1:${port}`, mood, close: () => shut(server) };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function reply(response: ServerResponse, { status = 200, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const problem = (status: number, title: string, detail: string): Answer => ({
  status,
  body: { type: 'urn:wayside:problem:demo', title, status, detail },
});

function answer(request: IncomingMessage, url: URL, nowMs: number, mood: Mood): Answer {
  if (mood.failing) return problem(500, 'The house failed to answer', 'The database does not answer.');
  if (url.pathname === '/api/session' && request.method === 'POST') {
    mood.locked = false;
    return { body: {} };
  }
  if (url.pathname === '/ready')
    return { status: mood.faulty ? 503 : 200, body: house.readinessOf(mood.faulty) };
  if (mood.locked) return problem(401, 'The token of this house is needed', 'Send it as a bearer token.');
  const [, , room = '', id] = url.pathname.split('/').map(decodeURIComponent);
  const found = id === undefined ? list(room, url.searchParams, nowMs, mood) : single(room, id, nowMs);
  return found === undefined
    ? problem(404, 'There is nothing here', `Nothing is known of ${url.pathname}.`)
    : { body: found };
}

function single(room: string, id: string, nowMs: number): unknown {
  if (room === 'infractions') return detailOf(id, nowMs);
  return room === 'accounts' ? house.accountOf(id, nowMs) : undefined;
}

interface Question {
  readonly query: URLSearchParams;
  readonly limit: number;
  readonly nowMs: number;
  readonly mood: Mood;
}

const NONE = { items: [], next: null };

const LISTS: Readonly<Record<string, (question: Question) => unknown>> = {
  infractions: ({ query, limit, nowMs, mood }) => (mood.empty ? NONE : infractionPage(query, limit, nowMs)),
  sites: ({ nowMs, mood }) => (mood.empty ? NONE : house.siteList(nowMs)),
  devices: ({ nowMs, mood }) => (mood.empty ? NONE : house.deviceList(nowMs)),
  rollup: ({ query, nowMs, mood }) =>
    mood.empty
      ? { items: [] }
      : house.rollupOf(nowMs, Number(query.get('minutes') ?? 60), query.get('site') ?? undefined),
  counters: ({ nowMs, mood }) => house.countersOf(nowMs, mood.faulty),
  'dead-letters': ({ limit, nowMs, mood }) =>
    mood.empty ? { ...NONE, total: 0, reasons: [] } : house.deadLetters(nowMs, limit),
  profiles: () => house.profiles,
};

function list(room: string, query: URLSearchParams, nowMs: number, mood: Mood): unknown {
  return LISTS[room]?.({ query, limit: Number(query.get('limit') ?? 50), nowMs, mood });
}

function infractionPage(query: URLSearchParams, limit: number, nowMs: number) {
  const within = (at: string) =>
    Date.parse(at) >= Date.parse(query.get('from') ?? '1970-01-01') &&
    Date.parse(at) < Date.parse(query.get('to') ?? '2999-01-01');
  const asked = (name: string, value: string) => (query.get(name) ?? value) === value;
  const fits = infractionsUntil(nowMs, house.HISTORY_MS).filter(
    ({ site, rule, occurredAt }) => asked('site', site) && asked('rule', rule) && within(occurredAt),
  );
  const after = query.get('cursor');
  const start = after === null ? 0 : fits.findIndex(({ id }) => id === after) + 1;
  const items = fits.slice(start, start + limit);
  return { items, next: fits.length > start + limit ? (items.at(-1)?.id ?? null) : null };
}
