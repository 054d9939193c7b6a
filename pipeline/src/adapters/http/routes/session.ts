/** The door of a house with a token: gives the cookie that an EventSource can carry. */
import { SessionRequest } from '@wayside/contracts/http-access';
import { Problem } from '@wayside/contracts/http';
import type { Access } from '../access.ts';
import type { Api } from '../api.ts';
import { problem, ProblemError } from '../problem.ts';

const done = { type: 'null', description: 'Done; the cookie says the rest.' };
const wrong = {
  description: 'The token is wrong.',
  content: { 'application/problem+json': { schema: Problem } },
};

/** @param access undefined where the house has no token, and every door is open. */
export function sessionRoutes(app: Api, access: Access | undefined): void {
  app.post(
    '/api/session',
    {
      schema: {
        tags: ['access'],
        summary: 'Exchange the token for a cookie',
        body: SessionRequest,
        response: { 204: done, 401: wrong },
      },
    },
    async ({ body }, reply) => {
      if (access && !access.isToken(body.token))
        throw new ProblemError(problem('unauthorised', 'This is not the token the house was started with.'));
      if (access) reply.header('set-cookie', access.openSession());
      return reply.code(204).send();
    },
  );
  app.delete(
    '/api/session',
    { schema: { tags: ['access'], summary: 'Give the cookie back', response: { 204: done } } },
    async (_, reply) => {
      if (access) reply.header('set-cookie', access.closeSession());
      return reply.code(204).send();
    },
  );
}
