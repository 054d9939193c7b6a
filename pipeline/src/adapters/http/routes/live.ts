/** Server-sent events: what happens, as it happens. */
import { LiveEvent, LiveQuery, Problem } from '@wayside/contracts/http';
import type { FastifyReply } from 'fastify';
import type { Api } from '../api.ts';
import { createLiveHub, DEFAULT_LIMITS, type LiveHub } from '../live/live-hub.ts';
import type { LiveSink } from '../live/live-client.ts';
import type { HttpServerOptions } from '../options.ts';
import { problem, ProblemError } from '../problem.ts';

const RETRY_MS = 1000;
const MAX_ID_LENGTH = 40;

const schema = {
  tags: ['live'],
  summary: 'What happens, as it happens (server-sent events)',
  description:
    'Each event is a LiveEvent with its kind as the name of the event. A client that comes back with Last-Event-ID ' +
    'is sent what it missed; where that is gone an event "gap" says so, and what is shown must be read anew. Street ' +
    'views are never repeated. A client that cannot keep up is sent fewer street views, and is closed at last.',
  querystring: LiveQuery,
  response: {
    200: { description: 'A stream of events.', content: { 'text/event-stream': { schema: LiveEvent } } },
    503: {
      description: 'As many clients listen as may.',
      content: { 'application/problem+json': { schema: Problem } },
    },
  },
};

export function liveRoutes(app: Api, { bus, clock, liveLimits }: HttpServerOptions): void {
  const hub = createLiveHub(bus, clock, { ...DEFAULT_LIMITS, ...liveLimits });
  app.addHook('preClose', (done) => {
    hub.close();
    done();
  });
  app.get(
    '/api/live',
    { schema, sse: 'manual', exposeHeadRoute: false },
    async ({ query, headers }, reply) => {
      if (hub.isFull()) throw busy(reply);
      reply.sse.keepAlive();
      await reply.sse.send({ retry: RETRY_MS, data: undefined });
      attach(hub, reply, { site: query.site, lastEventId: lastEventId(headers['last-event-id']) });
    },
  );
}

function attach(
  hub: LiveHub,
  reply: FastifyReply,
  of: { site: string | undefined; lastEventId: string | undefined },
): void {
  const sink: LiveSink = {
    write: ({ id, event, data }) => reply.sse.send({ ...(id !== undefined && { id }), event, data }),
    close: () => reply.raw.destroy(),
  };
  reply.sse.onClose(hub.listen(sink, of));
}

function lastEventId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && header !== '' ? header.slice(0, MAX_ID_LENGTH) : undefined;
}

function busy(reply: FastifyReply): ProblemError {
  reply.header('retry-after', '10');
  return new ProblemError(
    problem('busy', 'As many pages listen as this house serves. Close one, or try again later.'),
  );
}
