/** What a letter tells, before it is put into words. Kept as it was when the letter was first sent. */
import type { CaseReason } from '@wayside/contracts/case';
import type { LawProfile, RuleId } from '@wayside/contracts/law-profile';
import type { Language, NoticeKind } from '@wayside/contracts/notice';
import type { Measures } from '@wayside/contracts/verdict';

export interface LetterFacts {
  readonly kind: NoticeKind;
  readonly language: Language;
  readonly writtenAtMs: number;
  /** Of whoever writes: a day is a day there. */
  readonly timeZone: string;
  readonly office: string;
  /** What is written on the file: of the case, or of the account. */
  readonly fileNumber: string;
  readonly law: { readonly title: string; readonly wording: string; readonly reviewed: boolean };
  readonly what: WhatWasSeen | null;
  readonly points: number;
  readonly account: Standing | null;
  /** The keeper's time to name the driver, or the driver's to object. */
  readonly answerBy: AnswerBy | null;
  readonly decision: Decision | null;
  /** Why it ended, or why it was reversed. */
  readonly because: CaseReason | null;
  /** A warning: which number of points was reached. */
  readonly threshold: Threshold | null;
  /** In an officer's words. */
  readonly note: string | null;
}

export interface WhatWasSeen {
  readonly rule: RuleId;
  readonly place: string;
  readonly occurredAtMs: number;
  readonly timeZone: string;
  readonly measures: Measures;
  readonly thresholds: LawProfile['road']['thresholds'] | null;
  readonly simulated: boolean;
  readonly seat: { readonly train: string; readonly coach: string; readonly place: string } | null;
}

export interface Standing {
  readonly counts: 'down' | 'up';
  readonly initial: number;
  readonly limit: number;
  /** If every hold is posted: what remains, or what stands. */
  readonly available: number;
}

export interface AnswerBy {
  readonly days: number;
  readonly dayKind: 'calendar' | 'working';
  /** ISO 8601; counted from the day of writing. */
  readonly lastDayIfToday: string;
}

export interface Decision {
  readonly upheld: boolean;
  readonly reason: CaseReason;
  readonly note: string;
  /** Whether another stage of appeal follows. */
  readonly further: AnswerBy | null;
}

export interface Threshold {
  /** As the scheme calls the letter: `warning`, `licence-withheld`. */
  readonly letter: string;
  readonly at: number;
  readonly standing: number;
}
