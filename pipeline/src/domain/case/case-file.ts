/** What is known of a case: the fold of its transitions. */
import type { Actor, CaseEvent, CaseReason, CaseState } from '@wayside/contracts/case';
import type { LawProfileRef, RuleId } from '@wayside/contracts/law-profile';
import type { Moment, PeriodName } from '@wayside/contracts/law-process';
import type { Pause } from '../calendar/deadline.ts';

export interface Review {
  readonly officer: string;
  readonly decision: 'confirm' | 'reject';
  readonly reason: CaseReason;
}

export interface Assignment {
  readonly officer: string;
  /** From this moment on another officer may take the case, epoch ms. */
  readonly untilMs: number;
}

export interface CaseFile {
  readonly id: string;
  readonly infractionId: string;
  readonly track: 'road' | 'rail';
  readonly rule: RuleId;
  readonly profile: LawProfileRef;
  /** The process the case was opened under; it stays under it. */
  readonly process: LawProfileRef;
  readonly site: string;
  readonly device: string;
  readonly timeZone: string;
  readonly points: number;
  /** Whom the plate or ticket belongs to; null where nobody could be identified. */
  readonly keeper: string | null;
  /** Of the site as it was measured; null where there is nothing to calibrate. `validUntil` null: never calibrated. */
  readonly calibration: { readonly validUntil: string | null } | null;

  readonly state: CaseState;
  /** Position of the last transition. */
  readonly version: number;
  readonly changedAtMs: number;
  readonly moments: Readonly<Partial<Record<Moment, number>>>;
  /** Times in which an appeal was open. */
  readonly pauses: readonly Pause[];
  /** Periods that have lapsed in this state and called a superior. */
  readonly escalated: readonly PeriodName[];
  readonly assignment: Assignment | null;
  readonly reviews: readonly Review[];
  /** Officers who decided an appeal, the first stage first. */
  readonly deciders: readonly string[];
  /** Whose points are held now: the keeper's account until a driver is named. */
  readonly account: string | null;
  readonly driver: string | null;
  /** The hold that the end of the case resolves; null where nothing is held. */
  readonly holdId: string | null;
  readonly duplicateOf: string | null;
  /** Whether the device was right, as far as people have looked; null: nobody has, or the reason is not its own. */
  readonly finding: 'right' | 'wrong' | null;
  /** Why what is final is not posted. */
  readonly blockedBy: CaseReason | null;
}

export interface TransitionDetails {
  readonly assignedUntilMs?: number;
  readonly duplicateOf?: string;
  readonly driver?: string;
  readonly holdId?: string | null;
  readonly period?: PeriodName;
  /** The last day of the period that lapsed. */
  readonly lastDay?: string;
  /** What stands outside of the case and shows it: a letter, a payment, a certificate. */
  readonly reference?: string;
}

/** One step of a case; immutable. */
export interface Transition {
  readonly position: number;
  readonly event: 'open' | CaseEvent;
  readonly from: CaseState | null;
  readonly to: CaseState;
  readonly actor: Actor;
  readonly atMs: number;
  readonly reason: CaseReason;
  readonly note: string | null;
  readonly details: TransitionDetails;
}

/** What somebody wants to do to a case. */
export interface Command {
  readonly event: CaseEvent;
  readonly actor: Actor;
  readonly atMs: number;
  readonly reason: CaseReason;
  /** The reasons in words. */
  readonly note?: string;
  /** mark-duplicate: the case that stands. */
  readonly duplicateOf?: string;
  /** name-driver: the account of the person who drove. */
  readonly driver?: string;
  readonly reference?: string;
}

export const SYSTEM: Actor = { kind: 'system', id: 'wayside' };
