/** An office for tests: letters are kept in memory, officers are those the test names. */
import type { Officer } from '@wayside/contracts/officers';
import type { CaseHouse } from '../app/cases/house.ts';
import type { Database } from '../app/database.ts';
import type { LetterPress, NoticeChannel, OutgoingLetter, SendOutcome } from '../app/notices/channel.ts';
import type { NoticeHouse } from '../app/notices/house.ts';
import type { OfficerBook } from '../app/officers/officer-book.ts';
import type { FileStore, MediaTypeOf } from '../app/portal/uploads.ts';
import { calendars, processes } from './law.ts';

export interface TestOffice {
  readonly officers: OfficerBook;
  readonly notices: NoticeHouse;
  readonly files: FileStore;
  readonly mediaTypeOf: MediaTypeOf;
  readonly sessionKey: string;
}

/** Whose token is their login with `-token` behind it. */
export const bookOf = (officers: readonly Officer[]): OfficerBook => ({
  demo: [],
  byId: (id) => officers.find((officer) => officer.id === id),
  byToken: (token) => officers.find(({ id }) => token === `${id}-token`),
});

export interface MemoryChannel extends NoticeChannel {
  readonly sent: OutgoingLetter[];
  /** What comes of the next letters; delivered where it says nothing. */
  readonly outcomes: SendOutcome[];
}

export function memoryChannel(): MemoryChannel {
  const sent: OutgoingLetter[] = [];
  const outcomes: SendOutcome[] = [];
  return {
    name: 'memory',
    sent,
    outcomes,
    send: (letter) => {
      sent.push(letter);
      return Promise.resolve(outcomes.shift() ?? { kind: 'delivered', detail: 'in memory' });
    },
  };
}

/** Says what a letter says, without laying it out. */
export const plainPress: LetterPress = {
  html: (letter) => JSON.stringify(letter),
  pdf: () => Promise.resolve(new TextEncoder().encode('%PDF-')),
};

export function memoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>();
  return {
    put: (sha256, bytes) => Promise.resolve(void kept.set(sha256, bytes)),
    get: (sha256) => Promise.resolve(kept.get(sha256)),
  };
}

export const noticeHouse = (cases: CaseHouse, over: Partial<NoticeHouse> = {}): NoticeHouse => ({
  cases,
  channel: memoryChannel(),
  addresses: { addressOf: () => Promise.resolve(undefined) },
  press: plainPress,
  office: 'Traffic Office of the Test',
  portalUrl: () => 'https://wayside.example/portal',
  portalKey: 'test-portal-key',
  ...over,
});

/** For servers whose office is not asked. */
export const quietOffice = (database: Database): TestOffice => ({
  officers: bookOf([]),
  notices: noticeHouse({
    database,
    clock: () => 0,
    processes,
    calendars,
    profileOf: () => undefined,
    samplingKey: 'test',
  }),
  files: memoryFiles(),
  mediaTypeOf: () => Promise.resolve(undefined),
  sessionKey: 'test-session-key',
});
