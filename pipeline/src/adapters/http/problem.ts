/** Problem details (RFC 9457): every error says what was wrong, where, and what to do. */
import type { Problem } from '@wayside/contracts/http';

const KINDS = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  unauthorised: { status: 401, title: 'The token of this house is needed' },
  'no-officer': { status: 401, title: 'An officer must say who they are' },
  'no-portal-session': { status: 401, title: 'The reference and PIN of a letter are needed' },
  'not-your-role': { status: 403, title: 'This is for somebody else' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'case-refused': { status: 409, title: 'The case does not take this now' },
  'case-changed': { status: 409, title: 'The case has gone on since' },
  'too-large': { status: 413, title: 'Too large' },
  'wrong-type': { status: 415, title: 'Not a kind of file that is taken here' },
  'too-often': { status: 429, title: 'Too many attempts' },
  'wrong-host': { status: 421, title: 'This house does not answer to that name' },
  internal: { status: 500, title: 'The house failed to answer' },
  busy: { status: 503, title: 'Too many clients at once' },
} as const;

/** The kinds of problem a client may meet; the last part of `type`. */
export type ProblemKind = keyof typeof KINDS;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export const problem = (
  kind: ProblemKind,
  detail: string,
  errors?: readonly NonNullable<Problem['errors']>[number][],
): Problem => ({
  type: `urn:wayside:problem:${kind}`,
  ...KINDS[kind],
  detail,
  ...(errors && { errors: [...errors] }),
});

/** Thrown by a route; the error handler answers with the problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(body: Problem) {
    super(body.detail ?? body.title);
    this.problem = body;
  }
}

export const notFound = (detail: string): ProblemError => new ProblemError(problem('not-found', detail));

/** One query parameter that fits the schema but not the question. */
export const invalidQuery = (name: string, detail: string): ProblemError =>
  new ProblemError(
    problem('invalid-request', `Query parameter "${name}" ${detail}.`, [{ in: 'query', name, detail }]),
  );
