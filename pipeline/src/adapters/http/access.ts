/**
 * Who may ask. On loopback nobody is asked for a token; where the house is given one, /api and /metrics want it as a
 * bearer token, or as the cookie that POST /api/session gives for it (an EventSource cannot send a header). The cookie
 * holds a deadline and its HMAC under the token, so that there is no list of sessions to keep, and none to steal.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../app/clock.ts';
import { bearerOf, cookieOf, setCookie } from './cookies.ts';

const COOKIE = 'wayside_session';
const SESSION_SECONDS = 12 * 3600;
const MIN_TOKEN_LENGTH = 16;

export interface Access {
  /** Takes the same time for every wrong token. */
  readonly isToken: (given: string) => boolean;
  readonly mayEnter: (headers: IncomingHttpHeaders) => boolean;
  /** @returns the Set-Cookie header of a new session. */
  readonly openSession: () => string;
  /** @returns the Set-Cookie header that ends it. */
  readonly closeSession: () => string;
}

export function createAccess(token: string, clock: Clock): Access {
  if (token.length < MIN_TOKEN_LENGTH)
    throw new RangeError(`the API token must have at least ${MIN_TOKEN_LENGTH} characters`);
  const isToken = (given: string): boolean => equal(given, token);
  const sealed = (deadlineMs: string): string =>
    `${deadlineMs}.${createHmac('sha256', token).update(`session ${deadlineMs}`).digest('base64url')}`;
  const isSession = (value: string): boolean => {
    const [deadlineMs = ''] = value.split('.', 1);
    return /^\d{1,15}$/.test(deadlineMs) && equal(value, sealed(deadlineMs)) && Number(deadlineMs) > clock();
  };
  return {
    isToken,
    mayEnter: ({ authorization, cookie }) =>
      isToken(bearerOf(authorization)) || isSession(cookieOf(cookie, COOKIE)),
    openSession: () => cookieHeader(sealed(String(clock() + SESSION_SECONDS * 1000)), SESSION_SECONDS),
    closeSession: () => cookieHeader('', 0),
  };
}

const cookieHeader = (value: string, maxAgeSeconds: number): string =>
  setCookie(COOKIE, value, maxAgeSeconds);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const equal = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
