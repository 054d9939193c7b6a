/** What officers put into the file of a case, and take out of it. */
import { CaseComment, CaseUpload } from '@wayside/contracts/case-file-items';
import { CommentRequest } from '@wayside/contracts/http-cases';
import { Uuid } from '@wayside/contracts/units';
import { Type } from 'typebox';
import { comment } from '../../../app/portal/comments.ts';
import { upload } from '../../../app/portal/uploads.ts';
import type { Api } from '../api.ts';
import { UPLOAD_LIMIT } from '../limits.ts';
import { fileProblem, movingAnswers, officeAnswers, uploadAnswers } from '../office-answers.ts';
import type { OfficerAccess } from '../officer-access.ts';
import type { HttpServerOptions, Office } from '../options.ts';
import { bytesOf, sendUpload, UploadName } from './uploads.ts';
import { ByCaseId, CASE_ROLES } from './cases.ts';

const ByUploadId = Type.Object({ id: Uuid, upload: Uuid }, { additionalProperties: false });

export function caseFileRoutes(app: Api, { office }: HttpServerOptions, access: OfficerAccess): void {
  const { cases } = office.notices;
  app.post(
    '/api/cases/:id/comments',
    {
      schema: {
        tags: ['cases'],
        summary: 'Answer on the file, beside an item of the evidence',
        params: ByCaseId,
        body: CommentRequest,
        response: movingAnswers(CaseComment, 'The comment; both sides see it.'),
      },
    },
    async ({ headers, params: { id }, body }) => {
      const officer = access.need(headers, CASE_ROLES);
      const done = await comment(cases, id, { kind: 'officer', id: officer.id }, body);
      if (done.kind !== 'done') throw fileProblem(done.kind, id);
      return done.comment;
    },
  );
  app.post(
    '/api/cases/:id/uploads',
    {
      ...UPLOAD_LIMIT,
      schema: {
        tags: ['cases'],
        summary: 'Add a file',
        description: 'The body is the file itself, as application/octet-stream.',
        params: ByCaseId,
        querystring: UploadName,
        response: uploadAnswers(CaseUpload, 'The upload; both sides see it.'),
      },
    },
    async ({ headers, params: { id }, query: { name }, body }) => {
      const officer = access.need(headers, CASE_ROLES);
      const done = await upload(
        { ...office, cases },
        id,
        { kind: 'officer', id: officer.id },
        {
          name,
          bytes: bytesOf(body),
        },
      );
      if (done.kind !== 'done') throw fileProblem(done.kind, id);
      return done.upload;
    },
  );
  downloadRoute(app, office, access);
}

function downloadRoute(app: Api, office: Office, access: OfficerAccess): void {
  app.get(
    '/api/cases/:id/uploads/:upload',
    {
      schema: {
        tags: ['cases'],
        summary: 'One file of the case',
        params: ByUploadId,
        response: officeAnswers(Type.String(), 'The bytes.'),
      },
    },
    ({ headers, params }, reply) => {
      access.need(headers, CASE_ROLES);
      return sendUpload(office, params.id, params.upload, reply);
    },
  );
}
