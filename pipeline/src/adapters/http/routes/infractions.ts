/** Infractions, each with its evidence. */
import { InfractionDetail, InfractionPage, InfractionQuery } from '@wayside/contracts/http';
import { infractionDetail } from '../../../app/queries/infraction-detail.ts';
import { listInfractions } from '../../../app/queries/infractions.ts';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { notFound, problem, ProblemError } from '../problem.ts';
import { answers } from '../responses.ts';
import { ById } from './by-id.ts';
import { rangeOf } from './range.ts';

export function infractionRoutes(app: Api, { database }: HttpServerOptions): void {
  app.get(
    '/api/infractions',
    {
      schema: {
        tags: ['record'],
        summary: 'Infractions, newest first',
        querystring: InfractionQuery,
        response: answers(InfractionPage, 'A page; `next` asks for the one after.'),
      },
    },
    ({ query }) => listInfractions(database, query, rangeOf(query)),
  );
  app.get(
    '/api/infractions/:id',
    {
      schema: {
        tags: ['record'],
        summary: 'One infraction with the evidence it stands on, paths included',
        params: ById,
        response: answers(InfractionDetail, 'The infraction.', 'No infraction has this id.'),
      },
    },
    ({ params }) => detail(database, params.id),
  );
}

async function detail(database: HttpServerOptions['database'], id: string): Promise<InfractionDetail> {
  const found = await infractionDetail(database, id);
  if (found.kind === 'found') return found.detail;
  if (found.kind === 'unknown')
    throw notFound(`No infraction has the id "${id}". GET /api/infractions lists those there are.`);
  throw new ProblemError(
    problem(
      'internal',
      `The evidence of infraction "${id}" is missing. Run "wayside verify" on the data folder.`,
    ),
  );
}
