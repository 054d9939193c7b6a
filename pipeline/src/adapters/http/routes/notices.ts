/** Letters, for officers and for whoever carries them out. */
import { LETTER_FORMATS, LetterQuery, DeliveryReport, ResendRequest } from '@wayside/contracts/http-notices';
import { NoticeView } from '@wayside/contracts/notice';
import { Uuid } from '@wayside/contracts/units';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { readNotice, noticeView, type Notice } from '../../../app/notices/rows.ts';
import { reportDelivery, sendAgain } from '../../../app/notices/delivery.ts';
import { factsOf, letterOf } from '../../../app/notices/write-letter.ts';
import type { Api } from '../api.ts';
import { isSignedDelivery } from '../delivery-signature.ts';
import { movingAnswers, officeAnswers } from '../office-answers.ts';
import type { OfficerAccess } from '../officer-access.ts';
import type { HttpServerOptions, Office } from '../options.ts';
import { notFound, problem, ProblemError } from '../problem.ts';
import { CASE_ROLES } from './cases.ts';

const ByNoticeId = Type.Object({ id: Uuid }, { additionalProperties: false });

export function noticeRoutes(app: Api, { office }: HttpServerOptions, access: OfficerAccess): void {
  app.get(
    '/api/notices/:id/letter',
    {
      schema: {
        tags: ['letters'],
        summary: 'The letter as it was written; the PIN is left out',
        description:
          'Where all officers are invented, `as=recipient` shows it with its PIN, as it lies in the letterbox.',
        params: ByNoticeId,
        querystring: LetterQuery,
        response: officeAnswers(Type.String(), `${LETTER_FORMATS.join(' or ')}.`),
      },
    },
    async ({ headers, params: { id }, query }, reply) => {
      access.need(headers, CASE_ROLES);
      if (query.as === 'recipient' && access.book.demo.length === 0)
        throw new ProblemError(problem('not-your-role', 'A PIN is for the person it was sent to.'));
      const notice = await needNotice(office, id);
      return sendLetter(office, notice, { ...query, sealed: query.as !== 'recipient' }, reply);
    },
  );
  deliveryRoutes(app, office, access);
}

function deliveryRoutes(app: Api, office: Office, access: OfficerAccess): void {
  const { notices } = office;
  app.post(
    '/api/notices/:id/delivery',
    {
      schema: {
        tags: ['letters'],
        summary: 'What became of a letter: delivered, or come back',
        description: 'From a clerk, or from the carrier, signed as the letter was when it was handed over.',
        params: ByNoticeId,
        body: DeliveryReport,
        response: movingAnswers(NoticeView, 'The letter as it is now.'),
      },
    },
    async ({ headers, params: { id }, body }) => {
      const by = reporter(office, access, headers, body);
      const told = await reportDelivery(notices, id, body, by);
      if (told === 'unknown') throw noNotice(id);
      if (told === 'settled')
        throw new ProblemError(problem('case-refused', 'That letter was settled before.'));
      return noticeView(await needNotice(office, id));
    },
  );
  app.post(
    '/api/notices/:id/resend',
    {
      schema: {
        tags: ['letters'],
        summary: 'Try a letter again that failed or came back, once the address is right',
        params: ByNoticeId,
        body: ResendRequest,
        response: movingAnswers(NoticeView, 'The letter, due again.'),
      },
    },
    async ({ headers, params: { id } }) => {
      access.need(headers, ['clerk', 'admin']);
      await needNotice(office, id);
      if (!(await sendAgain(notices, id)))
        throw new ProblemError(problem('case-refused', 'Only a letter that failed is sent again.'));
      return noticeView(await needNotice(office, id));
    },
  );
}

const noNotice = (id: string): ProblemError => notFound(`No letter has the id "${id}".`);

async function needNotice({ notices }: Office, id: string): Promise<Notice> {
  const notice = await readNotice(notices.cases.database, id);
  if (!notice) throw noNotice(id);
  return notice;
}

function reporter(
  { deliverySecret, notices }: Office,
  access: OfficerAccess,
  headers: IncomingHttpHeaders,
  body: DeliveryReport,
): string {
  if (deliverySecret !== undefined && isSignedDelivery(headers, body, deliverySecret, notices.cases.clock()))
    return 'carrier';
  return access.need(headers, ['clerk', 'admin']).id;
}

export async function sendLetter(
  { notices }: Office,
  notice: Notice,
  query: LetterQuery & { readonly sealed: boolean },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { database } = notices.cases;
  const facts = await factsOf(database, notices, notice);
  if (!facts) throw noNotice(notice.id);
  const letter = await letterOf(database, notices, notice, facts, query);
  if (query.format !== 'pdf') return reply.type('text/html; charset=utf-8').send(notices.press.html(letter));
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${notice.kind}-${letter.fileNumber}.pdf"`)
    .send(Buffer.from(await notices.press.pdf(letter)));
}
