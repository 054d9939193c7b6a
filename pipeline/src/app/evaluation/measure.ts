/** Figures of one way of deciding over some encounters, each share with its 95 % interval. */
import {
  auc,
  calibrationError,
  reliability,
  shareOf,
  type ReliabilityBin,
  type Scored,
  type Share,
} from '@wayside/models/metrics/metrics';
import type { Decider, EncounterOutcome } from './outcomes.ts';

export interface Figures {
  readonly encounters: number;
  readonly guilty: number;
  /** Of those held, who was innocent: the share that must not exceed one in a hundred. */
  readonly falselyHeld: Share;
  readonly precision: Share;
  readonly recallHeld: Share;
  /** Held or sent to review. */
  readonly recallCaught: Share;
  readonly f1: number;
  readonly falsePer10000Lawful: number;
  readonly abstention: Share;
  readonly auc: number;
  readonly calibrationError: number;
}

export interface Slice {
  readonly name: string;
  readonly figures: Readonly<Record<Decider, Figures>>;
}

export function figuresOf(outcomes: readonly EncounterOutcome[], decider: Decider): Figures {
  const guilty = outcomes.filter((one) => one.guilty);
  const lawful = outcomes.length - guilty.length;
  const held = outcomes.filter((one) => one.became[decider] === 'held');
  const rightly = held.filter((one) => one.guilty).length;
  const caught = guilty.filter((one) => one.became[decider] !== 'none').length;
  const review = outcomes.filter((one) => one.became[decider] === 'review').length;
  const scored = scoresOf(outcomes, decider);
  return {
    encounters: outcomes.length,
    guilty: guilty.length,
    falselyHeld: shareOf(held.length - rightly, held.length),
    precision: shareOf(rightly, held.length),
    recallHeld: shareOf(rightly, guilty.length),
    recallCaught: shareOf(caught, guilty.length),
    f1: (2 * rightly) / (held.length + guilty.length),
    falsePer10000Lawful: (10_000 * (held.length - rightly)) / lawful,
    abstention: shareOf(review, outcomes.length),
    auc: auc(scored),
    calibrationError: calibrationError(scored),
  };
}

export const reliabilityOf = (outcomes: readonly EncounterOutcome[]): readonly ReliabilityBin[] =>
  reliability(scoresOf(outcomes, 'house'));

/** Rule and zone give no probability: their outcome stands for one. */
function scoresOf(outcomes: readonly EncounterOutcome[], decider: Decider): readonly Scored[] {
  return outcomes.flatMap((one): Scored[] => {
    const { guilty: positive, score, logisticScore, became } = one;
    switch (decider) {
      case 'house':
      case 'model':
        return score === undefined ? [] : [{ score, positive }];
      case 'logistic':
        return logisticScore === undefined ? [] : [{ score: logisticScore, positive }];
      case 'rule':
      case 'zone':
        return [{ score: { held: 1, review: 0.5, none: 0 }[became[decider]], positive }];
    }
  });
}
