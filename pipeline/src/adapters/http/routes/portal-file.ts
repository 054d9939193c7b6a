/** What the person concerned puts into the file of their case, and takes out of it. */
import type { Actor } from '@wayside/contracts/case';
import { CaseComment, CaseUpload } from '@wayside/contracts/case-file-items';
import { CommentRequest } from '@wayside/contracts/http-cases';
import { LetterQuery } from '@wayside/contracts/http-notices';
import { Uuid } from '@wayside/contracts/units';
import type { IncomingHttpHeaders } from 'node:http';
import { Type } from 'typebox';
import { readNotice } from '../../../app/notices/rows.ts';
import { comment } from '../../../app/portal/comments.ts';
import { actorIn } from '../../../app/portal/portal-views.ts';
import { upload } from '../../../app/portal/uploads.ts';
import type { Api } from '../api.ts';
import { UPLOAD_LIMIT } from '../limits.ts';
import { fileProblem, movingAnswers, noCase, officeAnswers, uploadAnswers } from '../office-answers.ts';
import type { HttpServerOptions, Office } from '../options.ts';
import type { PortalDoor } from '../portal-access.ts';
import { notFound } from '../problem.ts';
import { ByCaseId } from './cases.ts';
import { sendLetter } from './notices.ts';
import { needPortalCase } from './portal.ts';
import { bytesOf, sendUpload, UploadName } from './uploads.ts';

const ByUploadId = Type.Object({ id: Uuid, upload: Uuid }, { additionalProperties: false });
const ByNoticeId = Type.Object({ notice: Uuid }, { additionalProperties: false });

export function portalFileRoutes(app: Api, { office }: HttpServerOptions, door: PortalDoor): void {
  const { cases } = office.notices;
  app.post(
    '/api/portal/cases/:id/comments',
    {
      schema: {
        tags: ['portal'],
        summary: 'Say something beside an item of the evidence',
        params: ByCaseId,
        body: CommentRequest,
        response: movingAnswers(CaseComment, 'The comment; both sides see it.'),
      },
    },
    async ({ headers, params: { id }, body }) => {
      const done = await comment(cases, id, await needActor(office, door, headers, id), body);
      if (done.kind !== 'done') throw fileProblem(done.kind, id);
      return done.comment;
    },
  );
  app.post(
    '/api/portal/cases/:id/uploads',
    {
      ...UPLOAD_LIMIT,
      schema: {
        tags: ['portal'],
        summary: 'Add a file',
        description: 'The body is the file itself, as application/octet-stream.',
        params: ByCaseId,
        querystring: UploadName,
        response: uploadAnswers(CaseUpload, 'The upload; both sides see it.'),
      },
    },
    async ({ headers, params: { id }, query: { name }, body }) => {
      const actor = await needActor(office, door, headers, id);
      const done = await upload({ ...office, cases }, id, actor, { name, bytes: bytesOf(body) });
      if (done.kind !== 'done') throw fileProblem(done.kind, id);
      return done.upload;
    },
  );
  portalReadRoutes(app, office, door);
}

function portalReadRoutes(app: Api, office: Office, door: PortalDoor): void {
  app.get(
    '/api/portal/cases/:id/uploads/:upload',
    {
      schema: {
        tags: ['portal'],
        summary: 'One file of the case',
        params: ByUploadId,
        response: officeAnswers(Type.String(), 'The bytes.'),
      },
    },
    async ({ headers, params }, reply) => {
      await needActor(office, door, headers, params.id);
      return sendUpload(office, params.id, params.upload, reply);
    },
  );
  app.get(
    '/api/portal/letters/:notice',
    {
      schema: {
        tags: ['portal'],
        summary: 'One of one’s letters, in either language',
        params: ByNoticeId,
        querystring: LetterQuery,
        response: officeAnswers(Type.String(), 'HTML or PDF.'),
      },
    },
    async ({ headers, params, query }, reply) => {
      const access = await door.need(headers);
      const notice = await readNotice(office.notices.cases.database, params.notice);
      const theirs = notice?.account === access.account && notice.letter !== null;
      if (!theirs || (access.caseId !== null && notice.caseId !== access.caseId))
        throw notFound('You have no such letter.');
      return sendLetter(office, notice, { ...query, sealed: true }, reply);
    },
  );
}

/** @throws ProblemError 401 or 404 */
async function needActor(
  office: Office,
  door: PortalDoor,
  headers: IncomingHttpHeaders,
  caseId: string,
): Promise<Actor> {
  const access = await door.need(headers);
  const { role } = await needPortalCase(office, access, caseId);
  if (role === 'passed-on') throw noCase(caseId);
  return actorIn(role, access.account);
}
