/**
 * What each period of a process is for: the stage it belongs to, what it can be counted from, what its lapse can do,
 * and in which states it runs. A process that says otherwise contradicts the state machine and is refused.
 *
 * Nobody decides by letting time pass but in the person's favour: a lapse never confirms and never dismisses.
 */
import type { CaseReason, CaseState } from '@wayside/contracts/case';
import type { Lapse, Moment, PeriodName, Stage } from '@wayside/contracts/law-process';

export interface PeriodRule {
  readonly stage: Stage;
  readonly from: readonly Moment[];
  readonly onLapse: readonly Lapse[];
  readonly runsIn: readonly CaseState[];
  readonly lapsed: CaseReason;
  /** Whether an appeal can be open in the middle of it. */
  readonly pausable: boolean;
}

const untilConfirmed: readonly CaseState[] = ['opened', 'in-review', 'second-review', 'confirmed'];
const letGo: readonly Lapse[] = ['release', 'escalate'];
const undecided: readonly Lapse[] = ['uphold', 'escalate'];

export const PERIOD_RULES: Readonly<Record<PeriodName, PeriodRule>> = {
  review: {
    stage: 'review',
    from: ['occurred', 'opened'],
    onLapse: letGo,
    runsIn: ['opened', 'in-review'],
    lapsed: 'review-lapsed',
    pausable: false,
  },
  secondReview: {
    stage: 'review',
    from: ['first-reviewed'],
    onLapse: letGo,
    runsIn: ['second-review'],
    lapsed: 'second-review-lapsed',
    pausable: false,
  },
  keeperNotice: {
    stage: 'keeper-notice',
    from: ['occurred', 'confirmed'],
    onLapse: letGo,
    runsIn: untilConfirmed,
    lapsed: 'keeper-notice-lapsed',
    pausable: false,
  },
  naming: {
    stage: 'naming',
    from: ['keeper-notified'],
    onLapse: letGo,
    runsIn: ['keeper-notified'],
    lapsed: 'naming-lapsed',
    pausable: false,
  },
  notice: {
    stage: 'notice',
    from: ['occurred', 'confirmed', 'identified'],
    onLapse: letGo,
    runsIn: [...untilConfirmed, 'keeper-notified', 'identified'],
    lapsed: 'notice-lapsed',
    pausable: false,
  },
  appeal: {
    stage: 'appeal',
    from: ['noticed'],
    onLapse: ['finalise'],
    runsIn: ['noticed'],
    lapsed: 'appeal-window-lapsed',
    pausable: true,
  },
  decision: {
    stage: 'appeal',
    from: ['appealed'],
    onLapse: undecided,
    runsIn: ['appealed'],
    lapsed: 'decision-lapsed',
    pausable: false,
  },
  decisionNotice: {
    stage: 'second-appeal',
    from: ['dismissed'],
    onLapse: letGo,
    runsIn: ['dismissed'],
    lapsed: 'decision-notice-lapsed',
    pausable: false,
  },
  secondAppeal: {
    stage: 'second-appeal',
    from: ['decision-notified'],
    onLapse: ['finalise'],
    runsIn: ['dismissed'],
    lapsed: 'second-appeal-window-lapsed',
    pausable: true,
  },
  secondDecision: {
    stage: 'second-appeal',
    from: ['appealed-again'],
    onLapse: undecided,
    runsIn: ['appealed-again'],
    lapsed: 'second-decision-lapsed',
    pausable: false,
  },
};
