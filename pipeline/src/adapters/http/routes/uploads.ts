/** Files in requests and answers. */
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { findUpload } from '../../../app/portal/uploads.ts';
import type { Office } from '../options.ts';
import { notFound, problem, ProblemError } from '../problem.ts';

export const UploadName = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 255, description: 'What the file is called, for people.' }),
  },
  { additionalProperties: false },
);

/** @throws ProblemError 415 where the body did not come as a file. */
export function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array && body.length > 0) return body;
  throw new ProblemError(problem('wrong-type', 'Send the file itself as application/octet-stream.'));
}

/** As an attachment, under a policy that lets it run nothing: what a stranger uploaded is never a page of this house. */
export async function sendUpload(
  { notices, files }: Office,
  caseId: string,
  id: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const upload = await findUpload(notices.cases.database, caseId, id);
  const bytes = upload && (await files.get(upload.sha256));
  if (!upload || !bytes) throw notFound('This case has no such file.');
  return reply
    .type(upload.mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(upload.name)}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(bytes);
}
