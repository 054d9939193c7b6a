/** An office over HTTP for tests: its server, its clock, its people. */
import type { Officer } from '@wayside/contracts/officers';
import { createHttpServer } from '@wayside/pipeline/adapters/http/server';
import { createInProcessBus } from '@wayside/pipeline/adapters/in-process-bus';
import { mediaTypeOf } from '@wayside/pipeline/adapters/media-type';
import { openTestDatabase } from '@wayside/pipeline/adapters/testing/test-database';
import { openCases } from '@wayside/pipeline/app/cases/open-cases';
import { runDueCases } from '@wayside/pipeline/app/cases/run-due';
import { sendDue } from '@wayside/pipeline/app/notices/send-due';
import type { LetterPress } from '@wayside/pipeline/app/notices/channel';
import { testHouse } from '@wayside/pipeline/testing/case-house';
import {
  bookOf,
  memoryChannel,
  memoryFiles,
  noticeHouse,
  plainPress,
} from '@wayside/pipeline/testing/office';
import { pino } from 'pino';

const OFFICERS: readonly Officer[] = [
  { id: 'li', name: 'Li Na', roles: ['reviewer', 'adjudicator'] },
  { id: 'wu', name: 'Wu Jun', roles: ['adjudicator'] },
  { id: 'maja', name: 'Maja Berg', roles: ['clerk'] },
];

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly cookie: string;
}

/** @param staticDir of the built page, where a browser is to come by. */
export async function openOffice(at: string, press: LetterPress = plainPress, staticDir?: string) {
  const database = await openTestDatabase();
  const cases = testHouse(database, at);
  const channel = memoryChannel();
  const notices = noticeHouse(cases, { channel, press });
  const unasked = () => Promise.reject(new Error('not asked here'));
  const server = await createHttpServer({
    database,
    office: {
      officers: bookOf(OFFICERS),
      notices,
      files: memoryFiles(),
      mediaTypeOf,
      sessionKey: 'session-key-of-the-test',
    },
    bus: createInProcessBus(pino({ level: 'silent' })),
    counters: unasked,
    readiness: unasked,
    metrics: { contentType: 'text/plain', text: unasked },
    profiles: [],
    evidenceKeys: () => Promise.resolve([]),
    version: '0.0.0',
    clock: cases.clock,
    logger: pino({ level: 'silent' }),
    ...(staticDir !== undefined && { staticDir }),
  });

  /** @param who an officer’s login, or the cookie of somebody in the portal. */
  async function ask(
    who: string,
    method: 'GET' | 'POST',
    url: string,
    payload?: object | Buffer,
  ): Promise<Answer> {
    const isCookie = who.includes('=');
    const answer = await server.inject({
      method,
      url,
      headers: {
        ...(isCookie ? { cookie: who } : { authorization: `Bearer ${who}-token` }),
        ...(Buffer.isBuffer(payload) && { 'content-type': 'application/octet-stream' }),
      },
      ...(payload !== undefined && { payload }),
    });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      body: isJson ? answer.json<unknown>() : answer.body,
      cookie: String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '',
    };
  }

  return {
    database,
    cases,
    notices,
    channel,
    ask,
    /** @returns the address of the page, on loopback. */
    listen: () => server.listen({ host: '127.0.0.1', port: 0 }),
    /** Lets the scheduler and the post room come by at a time. */
    pass: async (time: string) => {
      cases.set(time);
      await openCases(cases, { all: true });
      await runDueCases(cases);
      return sendDue(notices, AbortSignal.timeout(10_000));
    },
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}
