/** Walks cases through the state machine in tests: who does what, when; a step that is refused fails the test. */
import type { Actor, CaseEvent, CaseReason } from '@wayside/contracts/case';
import type { ProcessTrack } from '@wayside/contracts/law-process';
import type { CaseFile, Command, Transition } from '../domain/case/case-file.ts';
import { openCase, type CaseOrigin } from '../domain/case/open-case.ts';
import { advance, step, type Done } from '../domain/case/step.ts';
import type { Surroundings } from '../domain/case/system-step.ts';
import type { Refusal } from '../domain/case/refusal.ts';
import { calendarOf, processOf } from './law.ts';

export const DAY_MS = 86_400_000;
const NAMES = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ';
export const plate = (name: string): string => `road:plate_${(name + NAMES).slice(0, 43)}`;
export const ticket = (name: string): string => `rail:ticket_${(name + NAMES).slice(0, 43)}`;

export const officer = (id: string): Actor => ({ kind: 'officer', id });
export const driver = (id: string): Actor => ({ kind: 'driver', id });
export const keeper = (id: string): Actor => ({ kind: 'keeper', id });
export const system: Actor = { kind: 'system', id: 'wayside' };

interface TrackChanges {
  readonly confirmedPerMille?: number;
  readonly rejectedPerMille?: number;
}

/** The surroundings of a case under a shipped process; no second reviews unless asked for. */
export function lawOf(
  id: string,
  kind: 'road' | 'rail' = 'road',
  { confirmedPerMille = 0, rejectedPerMille = 0 }: TrackChanges = {},
): Surroundings {
  const process = processOf(id);
  const own = process[kind];
  const track: ProcessTrack = {
    ...own,
    secondReview: { ...own.secondReview, confirmedPerMille, rejectedPerMille },
  };
  return { track, calendar: calendarOf(process.calendar.id), deviceSuspended: false, samplingKey: 'test' };
}

export const anOrigin = (changes: Partial<CaseOrigin> = {}): CaseOrigin => ({
  infractionId: '11111111-1111-5111-8111-111111111111',
  track: 'road',
  rule: 'fail-to-yield',
  profile: { id: 'cn', version: '2026-07-01' },
  process: { id: 'cn', version: '2026-07-01' },
  site: 'jiefang-road',
  device: 'cam-1',
  timeZone: 'Asia/Shanghai',
  points: 3,
  keeper: plate('keeper'),
  calibration: { validUntil: '2027-12-31' },
  occurredAtMs: Date.parse('2026-03-02T02:00:00Z'),
  ...changes,
});

export interface Move {
  readonly event: CaseEvent;
  readonly by: Actor;
  readonly at: string | number;
  readonly why: CaseReason;
  readonly more?: Partial<Pick<Command, 'note' | 'driver' | 'duplicateOf' | 'reference'>>;
}

/** A case and its history; a move that is legal adds to it, the house then does what is due at that moment. */
export class Walk {
  file: CaseFile;
  around: Surroundings;
  readonly history: Transition[];
  /** Every step after the opening, with the case before and after it. */
  readonly files: { readonly before: CaseFile; readonly after: CaseFile; readonly transition: Transition }[] =
    [];

  constructor(origin: CaseOrigin, around: Surroundings, openedAt: string | number = origin.occurredAtMs) {
    const opened = openCase(origin, msOf(openedAt));
    this.file = opened.file;
    this.around = around;
    this.history = [opened.transition];
  }

  /** Without what is due being done first or after. */
  tryOne({ event, by, at, why, more }: Move): Done | Refusal {
    return step(this.file, { event, actor: by, atMs: msOf(at), reason: why, ...more }, this.around);
  }

  do(event: CaseEvent, by: Actor, at: string | number, why: CaseReason, more: Move['more'] = {}): this {
    const done = this.tryOne({ event, by, at, why, more });
    if (done.kind === 'refused')
      throw new Error(`${event} was refused: ${done.code}, ${done.detail}; allowed: ${done.allowed.join()}`);
    this.keep([done]);
    return this.pass(at);
  }

  /** Lets the scheduler come by. */
  pass(at: string | number): this {
    this.keep(advance(this.file, this.around, msOf(at)));
    return this;
  }

  get states(): readonly string[] {
    return this.history.map(({ to }) => to);
  }

  private keep(done: readonly Done[]): void {
    for (const { file, transition } of done) {
      this.files.push({ before: this.file, after: file, transition });
      this.file = file;
      this.history.push(transition);
    }
  }
}

const msOf = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));
