/** What was rejected, and why. */
import { DeadLetterPage, ListQuery } from '@wayside/contracts/http';
import { listDeadLetters } from '../../../app/queries/dead-letters.ts';
import type { Api } from '../api.ts';
import type { HttpServerOptions } from '../options.ts';
import { answers } from '../responses.ts';
import { rangeOf } from './range.ts';

export function deadLetterRoutes(app: Api, { database }: HttpServerOptions): void {
  app.get(
    '/api/dead-letters',
    {
      schema: {
        tags: ['operations'],
        summary: 'Rejected messages, newest first, and how many for which reason',
        querystring: ListQuery,
        response: answers(DeadLetterPage, 'A page; `next` asks for the one after.'),
      },
    },
    ({ query }) => listDeadLetters(database, rangeOf(query)),
  );
}
