/** A candidate model beside the one in service, over cases that people have decided. Neither decides anything here. */
import { auc, calibrationError, shareOf, type Scored, type Share } from '@wayside/models/metrics/metrics';
import type { DecidedCase } from './decided-cases.ts';

export interface ShadowFigures {
  readonly model: string;
  readonly auc: number;
  readonly calibrationError: number;
  /** Of the accusations it would stand by, how many people found wrong. */
  readonly falselyHeld: Share;
  /** Of those that people found right, how many it would stand by. */
  readonly recallHeld: Share;
}

export interface ShadowReport {
  readonly cases: number;
  readonly guilty: number;
  readonly inService: ShadowFigures;
  readonly candidate: ShadowFigures;
  readonly mayReplace: boolean;
  readonly because: string;
}

export interface ShadowModel {
  readonly sha256: string;
  /** Its probability for the case's own rule. */
  readonly probability: (decided: DecidedCase) => number;
}

/** Fewer decided cases, or fewer of either kind, tell nothing. */
const LEAST_CASES = 100;
const LEAST_OF_A_KIND = 20;

export function shadowReport(
  cases: readonly DecidedCase[],
  inService: ShadowModel,
  candidate: ShadowModel,
  holdFrom: number,
): ShadowReport {
  const present = figuresOf(cases, inService, holdFrom);
  const next = figuresOf(cases, candidate, holdFrom);
  const guilty = cases.filter((one) => one.guilty).length;
  const objection = objectionTo(next, present, cases.length, guilty);
  return {
    cases: cases.length,
    guilty,
    inService: present,
    candidate: next,
    mayReplace: objection === undefined,
    because: objection ?? 'it accuses no more innocents, ranks no worse and catches no fewer',
  };
}

function figuresOf(cases: readonly DecidedCase[], model: ShadowModel, holdFrom: number): ShadowFigures {
  const scored = cases.map((one): Scored => ({ score: model.probability(one), positive: one.guilty }));
  const held = scored.filter(({ score }) => score >= holdFrom);
  const rightly = held.filter(({ positive }) => positive).length;
  return {
    model: model.sha256,
    auc: auc(scored),
    calibrationError: calibrationError(scored),
    falselyHeld: shareOf(held.length - rightly, held.length),
    recallHeld: shareOf(rightly, scored.filter(({ positive }) => positive).length),
  };
}

function objectionTo(
  next: ShadowFigures,
  present: ShadowFigures,
  cases: number,
  guilty: number,
): string | undefined {
  if (cases < LEAST_CASES || Math.min(guilty, cases - guilty) < LEAST_OF_A_KIND)
    return `too few decided cases: ${cases}, of which ${guilty} right (at least ${LEAST_CASES}, and ${LEAST_OF_A_KIND} of either kind)`;
  if (next.falselyHeld.count > present.falselyHeld.count) return 'it would accuse more innocents';
  if (next.auc < present.auc) return 'it ranks cases worse';
  if (next.recallHeld.count < present.recallHeld.count) return 'it would let more of the guilty go';
  return undefined;
}
