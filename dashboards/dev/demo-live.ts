/** The demo's live stream: the street four times a second, verdicts and holds as they come, a heartbeat every two seconds. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LiveEvent } from '@wayside/contracts/http';
import { encountersBetween, findingOf, holdDelayMs, infractionOf, verdictEvent } from './demo-record.ts';
import { reportsBetween } from './demo-rail.ts';
import { DEMO_SITES } from './demo-sites.ts';
import { streetEvent } from './demo-street.ts';

const TICK_MS = 250;
const BEHIND_MS = 700;

export function streamLive(
  request: IncomingMessage,
  response: ServerResponse,
  clock: () => number,
  mood: { readonly silent: boolean; readonly empty: boolean },
): void {
  const site = new URL(request.url ?? '/', 'http://demo').searchParams.get('site');
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  let nextId = 1;
  let seenMs = clock() - BEHIND_MS;
  const send = (event: LiveEvent) => {
    if (!mood.silent)
      response.write(`id: ${nextId++}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
  };
  response.write('retry: 1000\n\n: hello\n\n');
  const timer = setInterval(() => {
    const untilMs = clock() - BEHIND_MS;
    if (!mood.silent && nextId % 8 === 0) response.write(': heartbeat\n\n');
    if (!mood.empty) tell(site, seenMs, untilMs, send);
    seenMs = untilMs;
  }, TICK_MS);
  request.on('close', () => clearInterval(timer));
}

function tell(site: string | null, fromMs: number, untilMs: number, send: (event: LiveEvent) => void): void {
  for (const [i, demo] of DEMO_SITES.entries())
    if (site === null || site === demo.site.id) send(streetEvent(i, untilMs));
  for (const encounter of encountersBetween(fromMs, untilMs)) {
    send(verdictEvent(encounter));
    if (findingOf(encounter).outcome === 'infraction')
      announce(infractionOf(encounter, 0), holdDelayMs(encounter), untilMs, send);
  }
  for (const infraction of reportsBetween(fromMs, untilMs))
    announce({ ...infraction, hold: 'pending' }, 240, untilMs, send);
}

function announce(
  infraction: Extract<LiveEvent, { kind: 'infraction' }>['infraction'],
  holdMs: number,
  atMs: number,
  send: (event: LiveEvent) => void,
): void {
  send({ kind: 'infraction', infraction });
  const { account, points, id } = infraction;
  if (account === null || points === 0) return;
  const hold: LiveEvent = {
    kind: 'hold',
    infractionId: id,
    account,
    points,
    at: new Date(atMs).toISOString(),
    detectionToHoldMs: holdMs + 80,
  };
  setTimeout(() => send(hold), holdMs).unref();
}
