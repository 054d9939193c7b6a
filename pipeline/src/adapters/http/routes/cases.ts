/** Cases, for officers: the list, one with all it stands on, and what can be done to it. */
import { CaseCommand, CaseDetail, CasePage, CaseQuery } from '@wayside/contracts/http-cases';
import type { Officer } from '@wayside/contracts/officers';
import { Uuid } from '@wayside/contracts/units';
import { Type } from 'typebox';
import { caseForOfficer } from '../../../app/cases/case-detail.ts';
import { caseView, readCase } from '../../../app/cases/case-views.ts';
import { listCases, parseDueCursor } from '../../../app/cases/list-cases.ts';
import { transition } from '../../../app/cases/transition.ts';
import { noticesOfCase, noticeView } from '../../../app/notices/rows.ts';
import { commentsOf } from '../../../app/portal/comments.ts';
import { uploadsOf } from '../../../app/portal/uploads.ts';
import { infractionDetail } from '../../../app/queries/infraction-detail.ts';
import { mayCause, rolesFor } from '../../../domain/case/roles.ts';
import type { Api } from '../api.ts';
import { movingAnswers, mustMove, noCase, officeAnswers } from '../office-answers.ts';
import type { OfficerAccess } from '../officer-access.ts';
import type { HttpServerOptions } from '../options.ts';
import { invalidQuery, problem, ProblemError } from '../problem.ts';

export const ByCaseId = Type.Object({ id: Uuid }, { additionalProperties: false });
/** Whoever looks at cases at all; a ticket office asks about one account, elsewhere. */
export const CASE_ROLES = ['reviewer', 'adjudicator', 'clerk', 'admin'] as const;

export function caseRoutes(app: Api, { office }: HttpServerOptions, access: OfficerAccess): void {
  const { cases } = office.notices;
  app.get(
    '/api/cases',
    {
      schema: {
        tags: ['cases'],
        summary: 'Cases, the first to lapse first',
        querystring: CaseQuery,
        response: officeAnswers(CasePage, 'A page; `next` asks for the one after.'),
      },
    },
    async ({ headers, query }) => {
      const officer = access.need(headers, CASE_ROLES);
      const after = query.cursor === undefined ? undefined : parseDueCursor(query.cursor);
      if (query.cursor !== undefined && !after)
        throw invalidQuery('cursor', 'is not the `next` of a page of this list');
      const { files, next, total } = await listCases(cases, query, officer.id, after);
      const items = await Promise.all(files.map((file) => caseView(cases.database, cases, file)));
      return { items, next, total };
    },
  );
  app.get(
    '/api/cases/:id',
    {
      schema: {
        tags: ['cases'],
        summary: 'One case with its evidence, its history, and what may happen next',
        params: ByCaseId,
        response: officeAnswers(CaseDetail, 'The case.'),
      },
    },
    ({ headers, params }) => detail(office, params.id, access.need(headers, CASE_ROLES)),
  );
  app.post(
    '/api/cases/:id/events',
    {
      schema: {
        tags: ['cases'],
        summary: 'Take, decide, name the driver, enter a payment: one step of a case',
        description: 'Which events a case takes, for which reasons, says `options` of GET /api/cases/{id}.',
        params: ByCaseId,
        body: CaseCommand,
        response: movingAnswers(CaseDetail, 'The case as it is now.'),
      },
    },
    async ({ headers, params: { id }, body }) => {
      const officer = access.need(headers, CASE_ROLES);
      await mustBeTheirs(office, id, officer, body.event);
      const command = { ...body, actor: { kind: 'officer', id: officer.id } } as const;
      mustMove(await transition(cases, id, command), id);
      return detail(office, id, officer);
    },
  );
}

/** @throws ProblemError 403 where the event is another role’s in the state the case is in. */
async function mustBeTheirs(
  { notices: { cases } }: HttpServerOptions['office'],
  id: string,
  { roles }: Officer,
  event: CaseCommand['event'],
): Promise<void> {
  const record = await readCase(cases.database, id);
  if (!record) throw noCase(id);
  const { state } = record.file;
  if (mayCause(roles, event, state)) return;
  const others = rolesFor(event, state);
  const whose = others.length === 0 ? 'no officer’s' : `for: ${others.join(', ')}`;
  throw new ProblemError(problem('not-your-role', `"${event}" is ${whose}.`));
}

async function detail(
  { notices: { cases } }: HttpServerOptions['office'],
  id: string,
  officer: Officer,
): Promise<CaseDetail> {
  const { database } = cases;
  const found = await caseForOfficer(database, cases, id, officer);
  if (!found) throw noCase(id);
  const evidence = await infractionDetail(database, found.file.infractionId);
  if (evidence.kind !== 'found')
    throw new ProblemError(
      problem('internal', `The evidence of case "${id}" is missing. Run "wayside verify".`),
    );
  const [comments, uploads, notices] = await Promise.all([
    commentsOf(database, id),
    uploadsOf(database, id),
    noticesOfCase(database, id),
  ]);
  return {
    case: found.view,
    transitions: found.transitions,
    options: found.options,
    evidence: evidence.detail,
    comments: [...comments],
    uploads: [...uploads],
    notices: notices.map(noticeView),
  };
}
