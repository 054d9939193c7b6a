/** What was judged, also where nothing was found, and how much of it. */
import { Rollup, RollupQuery } from '@wayside/contracts/http';
import { VerdictDetail, VerdictPage, VerdictQuery } from '@wayside/contracts/http-verdicts';
import { instantMicros } from '../../../app/queries/instant.ts';
import { MAX_ROLLUP_ROWS, readRollup } from '../../../app/queries/rollup.ts';
import { NO_MOMENT } from '../../../app/queries/time-range.ts';
import { findVerdict, listVerdicts } from '../../../app/queries/verdicts.ts';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { invalidQuery, notFound } from '../problem.ts';
import { answers } from '../responses.ts';
import { ById } from './by-id.ts';
import { rangeOf } from './range.ts';

const DEFAULT_MINUTES = 60;

export function verdictRoutes(app: Api, options: HttpServerOptions): void {
  app.get(
    '/api/verdicts',
    {
      schema: {
        tags: ['record'],
        summary: 'Verdicts of every outcome with their reason, newest first',
        querystring: VerdictQuery,
        response: answers(VerdictPage, 'A page; `next` asks for the one after.'),
      },
    },
    ({ query }) => listVerdicts(options.database, query, rangeOf(query)),
  );
  app.get(
    '/api/verdicts/:id',
    {
      schema: {
        tags: ['record'],
        summary: 'One verdict with the paths it was judged by, for as long as they are kept',
        params: ById,
        response: answers(VerdictDetail, 'The verdict.', 'No verdict has this id.'),
      },
    },
    async ({ params: { id } }) => {
      const found = await findVerdict(options.database, id);
      if (found) return found;
      throw notFound(`No verdict has the id "${id}". GET /api/verdicts lists those there are.`);
    },
  );
  app.get(
    '/api/rollup',
    {
      schema: {
        tags: ['record'],
        summary: 'Verdicts per site, minute and outcome, oldest first',
        querystring: RollupQuery,
        response: answers(Rollup, 'The minutes that have any verdict.'),
      },
    },
    ({ query }) => rollup(options, query),
  );
}

async function rollup({ database, clock }: HttpServerOptions, query: RollupQuery): Promise<Rollup> {
  const toMicros = query.to === undefined ? clock() * 1000 : instantMicros(query.to);
  if (toMicros === undefined) throw invalidQuery('to', NO_MOMENT);
  const minutes = query.minutes ?? DEFAULT_MINUTES;
  const found = await readRollup(database, { site: query.site, minutes, toMicros });
  if (found.kind === 'rollup') return found.rollup;
  throw invalidQuery('minutes', `gives more than ${MAX_ROLLUP_ROWS} counts; ask for fewer, or name one site`);
}
