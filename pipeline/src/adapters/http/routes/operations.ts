/** For whoever runs the house: is it alive, is it ready, do its books balance. */
import { Counters, Health, Readiness } from '@wayside/contracts/http';
import { Type } from 'typebox';
import type { Api } from '../api.ts';
import type { HttpServerOptions, ReadinessChecks } from '../options.ts';
import { answers } from '../responses.ts';

export function operationRoutes(app: Api, options: HttpServerOptions): void {
  healthRoute(app, options);
  readyRoute(app, options);
  app.get(
    '/metrics',
    {
      schema: {
        tags: ['operations'],
        summary: 'The books and the process, for Prometheus',
        response: {
          200: { description: 'OpenMetrics text.', content: { 'text/plain': { schema: Type.String() } } },
        },
      },
    },
    async (_, reply) => reply.type(options.metrics.contentType).send(await options.metrics.text()),
  );
  app.get(
    '/api/counters',
    {
      schema: {
        tags: ['operations'],
        summary: 'The books of every stage, and whether they balance',
        response: answers(Counters, 'The books now.'),
      },
    },
    () => options.counters(),
  );
}

function healthRoute(app: Api, { version, clock }: HttpServerOptions): void {
  const startedMs = clock();
  app.get(
    '/health',
    {
      schema: {
        tags: ['operations'],
        summary: 'Is the process alive',
        response: { 200: { description: 'Alive.', content: { 'application/json': { schema: Health } } } },
      },
    },
    () => ({ status: 'ok' as const, version, uptimeSeconds: (clock() - startedMs) / 1000 }),
  );
}

function readyRoute(app: Api, { readiness }: HttpServerOptions): void {
  const body = (description: string) => ({
    description,
    content: { 'application/json': { schema: Readiness } },
  });
  app.get(
    '/ready',
    {
      schema: {
        tags: ['operations'],
        summary: 'Does every part work that a message needs',
        response: { 200: body('All parts work.'), 503: body('At least one does not; `checks` says which.') },
      },
    },
    async ({ log }, reply) => {
      const checks = await readiness().catch((error: unknown) => {
        log.warn({ err: error }, 'the checks of readiness failed');
        return CHECKS_FAILED;
      });
      const ready = checks.every(({ ok }) => ok);
      return reply.code(ready ? 200 : 503).send({ ready, checks });
    },
  );
}

const CHECKS_FAILED: ReadinessChecks = [
  { name: 'checks', ok: false, detail: 'A check failed to answer; the cause is in the log of the house.' },
];
