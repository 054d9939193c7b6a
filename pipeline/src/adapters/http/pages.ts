/** The built page: its assets carry their hash in their name and may be kept for ever, all else is asked for again. */
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { join, sep } from 'node:path';
import type { Api } from './api.ts';
import { send } from './errors.ts';
import { problem } from './problem.ts';

const ONE_YEAR = 'public, max-age=31536000, immutable';

export async function servePages(app: Api, staticDir: string | undefined): Promise<void> {
  if (staticDir === undefined) {
    app.setNotFoundHandler(answerNotFound);
    return;
  }
  const assets = join(staticDir, 'assets') + sep;
  await app.register(fastifyStatic, {
    root: staticDir,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (reply, path) =>
      void reply.setHeader('cache-control', path.startsWith(assets) ? ONE_YEAR : 'no-cache'),
  });
  app.setNotFoundHandler((request, reply) => {
    if (isPage(request)) void reply.sendFile('index.html');
    else answerNotFound(request, reply);
  });
}

/** The page has addresses of its own (`/infractions/…`), which the page itself understands. */
const isPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|assets|health|ready|metrics)([/?]|$)/.test(url) &&
  (headers.accept ?? '').includes('text/html');

const MAX_SHOWN = 200;

function answerNotFound({ method, url }: FastifyRequest, reply: FastifyReply): void {
  const where = `${method} ${url.slice(0, MAX_SHOWN)}`;
  send(reply, problem('not-found', `"${where}" leads nowhere. GET /api/openapi.json lists what does.`));
}
