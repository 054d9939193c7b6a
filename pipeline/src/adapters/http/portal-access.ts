/**
 * Who is in the portal. A right PIN gives a cookie that names the reference and a deadline under a key of the house; what
 * the reference opens is looked up at every request, so that one that is revoked opens nothing more.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { readAccess, type Access } from '../../app/portal/access.ts';
import type { NoticeHouse } from '../../app/notices/house.ts';
import { cookieOf, setCookie } from './cookies.ts';
import { problem, ProblemError } from './problem.ts';

const COOKIE = 'wayside_portal';
const PATH = '/api/portal';
const SESSION_SECONDS = 2 * 3600;

export interface PortalDoor {
  /** @throws ProblemError 401 */
  readonly need: (headers: IncomingHttpHeaders) => Promise<Access>;
  readonly openSession: (access: Access) => string;
  readonly closeSession: () => string;
}

export function createPortalAccess({ cases: { clock, database } }: NoticeHouse, key: string): PortalDoor {
  const seal = (payload: string): string =>
    createHmac('sha256', key).update(`portal ${payload}`).digest('base64url');
  const referenceIn = (value: string): string | undefined => {
    const [reference = '', deadlineMs = '', given = ''] = value.split('.');
    const right = equal(given, seal(`${reference}.${deadlineMs}`));
    return right && Number(deadlineMs) > clock() ? reference : undefined;
  };
  return {
    need: async ({ cookie }) => {
      const reference = referenceIn(cookieOf(cookie, COOKIE));
      const access = reference === undefined ? undefined : await readAccess(database, reference);
      if (!access) throw new ProblemError(problem('no-portal-session', NEEDED));
      return access;
    },
    openSession: ({ reference }) => {
      const payload = `${reference}.${clock() + SESSION_SECONDS * 1000}`;
      return setCookie(COOKIE, `${payload}.${seal(payload)}`, SESSION_SECONDS, PATH);
    },
    closeSession: () => setCookie(COOKIE, '', 0, PATH),
  };
}

const NEEDED = 'Give the reference and PIN of your letter to POST /api/portal/session.';

const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
