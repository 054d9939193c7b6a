/**
 * The judge: a reducer over one partition of the log, driven by event time alone. The same messages give the same
 * effects, in whatever pieces they are read.
 */
import type { JudgeContext, JudgeEffect, JudgeInput } from './effects.ts';
import { reportVerdict } from '../rail/report-verdict.ts';
import { JUDGE_VERSION } from './version.ts';

export { JUDGE_VERSION };

/** In memory only. One a log partition; it belongs to whoever made it and is consumed by each call of `judge`. */
export interface JudgeState {
  readonly openSinceOffset: Map<string, number>;
}

export const initialJudgeState = (): JudgeState => ({ openSinceOffset: new Map() });

/** Advances the state by one message. Offsets must increase. @returns what follows from it, in a fixed order. */
export function judge(_state: JudgeState, input: JudgeInput, context: JudgeContext): readonly JudgeEffect[] {
  const { offset, message } = input;
  if (message.type !== 'org.wayside.report.v1') return [];
  return [
    {
      kind: 'report',
      verdict: reportVerdict(message, context.profile(undefined), JUDGE_VERSION),
      report: message.data,
      messages: [message.id],
      completedBy: { offset, sentAtMs: message.sentat },
    },
  ];
}

/** The offset to read again from after a crash: that of the oldest encounter still open, else `nextOffset`. */
export const resumeOffset = (state: JudgeState, nextOffset: number): number =>
  Math.min(nextOffset, ...state.openSinceOffset.values());
