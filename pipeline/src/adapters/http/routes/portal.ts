/** The portal: the person concerned looks at their case, and acts on it. */
import { Problem } from '@wayside/contracts/http';
import { PortalCase, PortalCommand, PortalLogin, PortalSession } from '@wayside/contracts/http-portal';
import { transition } from '../../../app/cases/transition.ts';
import { enter, type Access } from '../../../app/portal/access.ts';
import { actorIn, portalCase, portalSession } from '../../../app/portal/portal-views.ts';
import type { Api } from '../api.ts';
import { GUESSES } from '../limits.ts';
import { movingAnswers, mustMove, noCase, officeAnswers } from '../office-answers.ts';
import type { HttpServerOptions, Office } from '../options.ts';
import type { PortalDoor } from '../portal-access.ts';
import { problem, ProblemError } from '../problem.ts';
import { ByCaseId } from './cases.ts';

const LEFT = { type: 'null', description: 'Left.' };

export function portalRoutes(app: Api, { office }: HttpServerOptions, door: PortalDoor): void {
  const { notices } = office;
  const { database } = notices.cases;
  app.post(
    '/api/portal/session',
    {
      config: GUESSES,
      schema: {
        tags: ['portal'],
        summary: 'Enter with the reference and PIN of a letter',
        body: PortalLogin,
        response: {
          ...officeAnswers(PortalSession, 'What the reference opens; the cookie says the rest.'),
          429: {
            description: 'Too many attempts.',
            content: { 'application/problem+json': { schema: Problem } },
          },
        },
      },
    },
    async ({ body }, reply) => {
      const entry = await enter(notices, body);
      if (entry.kind === 'wrong')
        throw new ProblemError(
          problem('no-portal-session', 'This reference and PIN do not belong together.'),
        );
      if (entry.kind === 'locked')
        throw new ProblemError(
          problem(
            'too-often',
            `Too many wrong PINs. Try again after ${new Date(entry.untilMs).toISOString()}.`,
          ),
        );
      void reply.header('set-cookie', door.openSession(entry.access));
      return portalSession(database, notices, entry.access);
    },
  );
  portalSessionRoutes(app, office, door);
  portalCaseRoutes(app, office, door);
}

function portalSessionRoutes(app: Api, { notices }: Office, door: PortalDoor): void {
  app.get(
    '/api/portal/session',
    {
      schema: {
        tags: ['portal'],
        summary: 'What one’s reference opens',
        response: officeAnswers(PortalSession, 'The cases, and letters about the account.'),
      },
    },
    async ({ headers }) => portalSession(notices.cases.database, notices, await door.need(headers)),
  );
  app.delete(
    '/api/portal/session',
    {
      schema: {
        tags: ['portal'],
        summary: 'Leave',
        response: { 204: LEFT },
      },
    },
    async (_, reply) => {
      void reply.header('set-cookie', door.closeSession());
      return reply.code(204).send();
    },
  );
}

function portalCaseRoutes(app: Api, office: Office, door: PortalDoor): void {
  app.get(
    '/api/portal/cases/:id',
    {
      schema: {
        tags: ['portal'],
        summary: 'One’s case: what was seen, how far it has come, what one can do',
        params: ByCaseId,
        response: officeAnswers(PortalCase, 'The case.'),
      },
    },
    async ({ headers, params }) => needPortalCase(office, await door.need(headers), params.id),
  );
  app.post(
    '/api/portal/cases/:id/events',
    {
      schema: {
        tags: ['portal'],
        summary: 'Object, withdraw, accept, or say who drove',
        description: 'Which of them the case takes now says `options` of GET /api/portal/cases/{id}.',
        params: ByCaseId,
        body: PortalCommand,
        response: movingAnswers(PortalCase, 'The case as it is now.'),
      },
    },
    async ({ headers, params: { id }, body }) => {
      const access = await door.need(headers);
      const { role } = await needPortalCase(office, access, id);
      if (role === 'passed-on')
        throw new ProblemError(problem('not-your-role', 'This is no longer your matter.'));
      const actor = actorIn(role, access.account);
      mustMove(await transition(office.notices.cases, id, { ...body, actor }), id);
      return needPortalCase(office, access, id);
    },
  );
}

/** @throws ProblemError 404 where it is not theirs: nobody learns which cases there are. */
export async function needPortalCase({ notices }: Office, access: Access, id: string): Promise<PortalCase> {
  const found = await portalCase(notices.cases.database, notices, access, id);
  if (!found) throw noCase(id);
  return found;
}
