/** Which letters a step of a case brings, and to whom. */
import type { NoticeKind } from '@wayside/contracts/notice';
import type { CaseState } from '@wayside/contracts/case';
import type { ProcessTrack } from '@wayside/contracts/law-process';
import type { CaseFile, Transition } from '../case/case-file.ts';

export interface LetterDue {
  readonly kind: NoticeKind;
  readonly account: string;
}

/**
 * @param before the case as it was just before the step. A letter that came back is not sent again of itself: the same
 * address would lose it again.
 */
export function lettersDue(
  before: CaseFile,
  after: CaseFile,
  transition: Transition,
  track: Pick<ProcessTrack, 'stages'>,
): readonly LetterDue[] {
  if (transition.from === transition.to || transition.event === 'fail-delivery') return [];
  if (transition.to === 'released') return toldAlready(before).flatMap((account) => to(account, 'release'));
  if (transition.to === 'confirmed')
    return track.stages.includes('keeper-notice') ? to(after.keeper, 'identification-request') : [];
  const kind = TOLD_ON[transition.to];
  if (kind === undefined || transition.event === 'withdraw') return [];
  return to(kind === 'posting' ? after.account : after.driver, kind);
}

/** What is told when a case comes into a state, to the person whose points they are. */
const TOLD_ON: Readonly<Partial<Record<CaseState, NoticeKind>>> = {
  identified: 'opening',
  appealed: 'appeal-received',
  'appealed-again': 'appeal-received',
  upheld: 'decision',
  dismissed: 'decision',
  'dismissed-again': 'decision',
  posted: 'posting',
};

const to = (account: string | null, kind: NoticeKind): readonly LetterDue[] =>
  account === null ? [] : [{ kind, account }];

/** Who has had a letter of this case is told that it is over; an appeal that was right has said so already. */
function toldAlready({ state, moments, keeper, driver }: CaseFile): readonly string[] {
  if (state === 'upheld') return [];
  const told = [
    moments['keeper-notified'] === undefined ? null : keeper,
    moments.noticed === undefined ? null : driver,
  ];
  return [...new Set(told.filter((account) => account !== null))];
}

/** The states in which a letter may still be sent; elsewhere the case has gone on, and it would be wrong. */
const SENT_IN: Readonly<Partial<Record<NoticeKind, readonly CaseState[]>>> = {
  'identification-request': ['confirmed'],
  opening: ['identified'],
};

export const isOvertaken = (kind: NoticeKind, state: CaseState): boolean =>
  SENT_IN[kind]?.includes(state) === false;

/** What the delivery of a letter is for its case. */
export function deliveryEvent(
  kind: NoticeKind,
  { state, moments }: Pick<CaseFile, 'state' | 'moments'>,
): 'notify-keeper' | 'notify-driver' | 'notify-decision' | undefined {
  if (kind === 'identification-request' && state === 'confirmed') return 'notify-keeper';
  if (kind === 'opening' && state === 'identified') return 'notify-driver';
  if (kind === 'decision' && state === 'dismissed' && moments['decision-notified'] === undefined)
    return 'notify-decision';
  return undefined;
}
