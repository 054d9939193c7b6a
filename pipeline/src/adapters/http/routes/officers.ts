/** The door of officers. */
import { OfficerSession, OfficerSessionRequest, type Officer } from '@wayside/contracts/officers';
import { PortalAccess, PortalAccessRequest } from '@wayside/contracts/http-portal';
import { openPortal } from '../../../app/notices/write-letter.ts';
import { pinOf } from '../../../app/portal/pin.ts';
import type { Api } from '../api.ts';
import { GUESSES } from '../limits.ts';
import { officeAnswers } from '../office-answers.ts';
import type { OfficerAccess } from '../officer-access.ts';
import type { HttpServerOptions } from '../options.ts';
import { problem, ProblemError } from '../problem.ts';
import { answers } from '../responses.ts';

export function officerRoutes(app: Api, { office }: HttpServerOptions, access: OfficerAccess): void {
  const session = (officer: Officer | undefined): OfficerSession => ({
    officer: officer ?? null,
    demo: [...access.book.demo],
  });
  app.get(
    '/api/officers/session',
    {
      schema: {
        tags: ['office'],
        summary: 'Who one is here, and whom one may be where all are invented',
        response: answers(OfficerSession, 'The session.'),
      },
    },
    ({ headers }) => session(access.of(headers)),
  );
  app.post(
    '/api/officers/session',
    {
      config: GUESSES,
      schema: {
        tags: ['office'],
        summary: 'Exchange an officer’s token for a cookie',
        body: OfficerSessionRequest,
        response: officeAnswers(OfficerSession, 'The cookie says the rest.'),
      },
    },
    ({ body: { token, demo } }, reply) => {
      const officer =
        token === undefined ? access.book.demo.find(({ id }) => id === demo) : access.book.byToken(token);
      if (!officer) throw new ProblemError(problem('no-officer', 'This is nobody who works here.'));
      void reply.header('set-cookie', access.openSession(officer));
      return session(officer);
    },
  );
  app.delete(
    '/api/officers/session',
    {
      schema: {
        tags: ['office'],
        summary: 'Give the cookie back',
        response: answers(OfficerSession, 'Nobody, now.'),
      },
    },
    (_, reply) => {
      void reply.header('set-cookie', access.closeSession());
      return session(undefined);
    },
  );
  portalAccessRoute(app, office, access);
}

/** The account login: handed out at a counter, to a person who has shown whose account it is. */
function portalAccessRoute(app: Api, { notices }: HttpServerOptions['office'], access: OfficerAccess): void {
  app.post(
    '/api/officers/portal-access',
    {
      schema: {
        tags: ['office'],
        summary: 'The reference and PIN that open every case of one account',
        body: PortalAccessRequest,
        response: officeAnswers(
          PortalAccess,
          'To be handed to the holder of the account, and to nobody else.',
        ),
      },
    },
    async ({ headers, body: { account }, log }) => {
      const officer = access.need(headers, ['clerk', 'ticket-office', 'admin']);
      const reference = await openPortal(notices.cases.database, notices, null, account);
      log.info({ officer: officer.id, account }, 'account access handed out');
      return { reference, pin: pinOf(notices.portalKey, reference), url: notices.portalUrl() };
    },
  );
}
