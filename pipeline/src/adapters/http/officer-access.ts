/**
 * Which officer asks. An officer sends a token of their own as a bearer token, or gives it once to POST
 * /api/officers/session for a cookie. The cookie names the officer and a deadline under a key of the house; whether that
 * officer still works here is looked up at every request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Officer, Role } from '@wayside/contracts/officers';
import type { Clock } from '../../app/clock.ts';
import type { OfficerBook } from '../../app/officers/officer-book.ts';
import { cookieOf, bearerOf, setCookie } from './cookies.ts';
import { problem, ProblemError } from './problem.ts';

const COOKIE = 'wayside_officer';
const SESSION_SECONDS = 12 * 3600;

export interface OfficerAccess {
  readonly book: OfficerBook;
  readonly of: (headers: IncomingHttpHeaders) => Officer | undefined;
  /** @throws ProblemError 401 where nobody known asks, 403 where they have none of the roles. */
  readonly need: (headers: IncomingHttpHeaders, roles?: readonly Role[]) => Officer;
  /** @returns the Set-Cookie header of a new session. */
  readonly openSession: (officer: Officer) => string;
  readonly closeSession: () => string;
}

export function createOfficerAccess(book: OfficerBook, key: string, clock: Clock): OfficerAccess {
  const seal = (payload: string): string =>
    createHmac('sha256', key).update(`officer ${payload}`).digest('base64url');
  const bySession = (value: string): Officer | undefined => {
    const [id = '', deadlineMs = '', given = ''] = value.split('.');
    if (!equal(given, seal(`${id}.${deadlineMs}`)) || Number(deadlineMs) <= clock()) return undefined;
    return book.byId(id);
  };
  const of = ({ authorization, cookie }: IncomingHttpHeaders): Officer | undefined => {
    const token = bearerOf(authorization);
    return (token === '' ? undefined : book.byToken(token)) ?? bySession(cookieOf(cookie, COOKIE));
  };
  return {
    book,
    of,
    need: (headers, roles) => {
      const officer = of(headers);
      if (!officer) throw new ProblemError(problem('no-officer', book.demo.length > 0 ? CHOOSE : SIGN_IN));
      if (roles && !roles.some((role) => officer.roles.includes(role)))
        throw new ProblemError(problem('not-your-role', `This is for: ${roles.join(', ')}.`));
      return officer;
    },
    openSession: ({ id }) => {
      const payload = `${id}.${clock() + SESSION_SECONDS * 1000}`;
      return setCookie(COOKIE, `${payload}.${seal(payload)}`, SESSION_SECONDS);
    },
    closeSession: () => setCookie(COOKIE, '', 0),
  };
}

const SIGN_IN =
  'Send an officer’s token as "Authorization: Bearer …", or give it to POST /api/officers/session once for a cookie.';
const CHOOSE =
  'This house has invented officers only: POST /api/officers/session with {"demo": "…"}; GET it for the list.';

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
