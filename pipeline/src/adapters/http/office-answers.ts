/** What the routes of the office and the portal answer with, besides the body itself. */
import { Problem } from '@wayside/contracts/http';
import type { CaseEvent, CaseState } from '@wayside/contracts/case';
import type { TSchema } from 'typebox';
import type { TransitionResult } from '../../app/cases/transition.ts';
import { MAX_UPLOADS, MEDIA_TYPES } from '../../app/portal/uploads.ts';
import { notFound, problem, ProblemError } from './problem.ts';
import { answers } from './responses.ts';

const problemBody = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

export const officeAnswers = (body: TSchema, description: string) => ({
  ...answers(body, description, 'There is no such case, or nothing of it is here.'),
  401: problemBody('Nobody who is known here asks.'),
  403: problemBody('It is for another role.'),
});

/** For routes that move a case. */
export const movingAnswers = (body: TSchema, description: string) => ({
  ...officeAnswers(body, description),
  409: problemBody('The case does not take it now; `refusal.allowed` says what it takes.'),
});

export const uploadAnswers = (body: TSchema, description: string) => ({
  ...movingAnswers(body, description),
  413: problemBody('The file is too large.'),
  415: problemBody('The bytes are of no kind that is taken.'),
});

export const noCase = (id: string): ProblemError => notFound(`No case has the id "${id}".`);

/** @throws ProblemError 404 or 409 where the case did not move. */
export function mustMove(result: TransitionResult, id: string): void {
  switch (result.kind) {
    case 'done':
      return;
    case 'unknown-case':
      throw noCase(id);
    case 'changed':
      throw refusedAs('case-changed', 'Read it again: somebody, or a clock, has moved it on.', {
        code: 'changed',
        state: result.file.state,
        allowed: [],
      });
    case 'refused':
      throw refusedAs('case-refused', `${sentence(result.detail)} ${allowedWords(result.allowed)}`, {
        code: result.code,
        state: result.state,
        allowed: [...result.allowed],
      });
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
const allowedWords = (allowed: readonly CaseEvent[]): string =>
  allowed.length === 0 ? 'The case is over.' : `In this state it takes: ${allowed.join(', ')}.`;

const refusedAs = (
  kind: 'case-refused' | 'case-changed',
  detail: string,
  refusal: { readonly code: string; readonly state: CaseState; readonly allowed: CaseEvent[] },
): ProblemError => new ProblemError({ ...problem(kind, detail), refusal });

const FILE_OBSTACLES = {
  ended: 'The case is over; nothing is added to its file any more.',
  'too-many': `Nothing more is taken on this case: at most ${MAX_UPLOADS} files, and comments in reason.`,
} as const;

/** What could not be put into the file of a case. */
export function fileProblem(
  kind: 'unknown-case' | 'ended' | 'too-many' | 'wrong-type',
  id: string,
): ProblemError {
  if (kind === 'unknown-case') return noCase(id);
  if (kind === 'wrong-type')
    return new ProblemError(problem('wrong-type', `Taken are: ${MEDIA_TYPES.join(', ')}; the bytes decide.`));
  return new ProblemError(problem('case-refused', FILE_OBSTACLES[kind]));
}
