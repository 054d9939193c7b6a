/** One site as one device sees it: takes messages in, and gives the passages that are due to be judged. */
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import type { JudgeEffect } from './effects.ts';
import { judgePassage, tailMs } from './encounter-verdict.ts';
import { endPassage, follow } from './follow.ts';
import { keepBatch, type KeptBatch } from './kept-batch.ts';
import { GAP_MS, type EndedPassage } from './passage.ts';
import { castShadow } from './shadow.ts';
import type { Setting, SiteState } from './site-state.ts';

/** A clock that goes back by more than this was set, not late: what was open is closed and time begins anew. */
const CLOCK_STEP_MS = 10_000;

export type CompletedBy = Extract<JudgeEffect, { kind: 'encounter' }>['completedBy'];

export const siteKey = ({ device, data }: ObservationMessage): string => `${device} ${data.site.id}`;

export function newSite(
  message: ObservationMessage,
  setting: Setting,
  { limits, signals }: Pick<SiteState, 'limits' | 'signals'>,
): SiteState {
  return {
    key: siteKey(message),
    device: message.device,
    siteId: message.data.site.id,
    bootId: message.bootid,
    limits,
    signals,
    setting,
    lastSequence: 0,
    lastFrameMs: -1,
    lastOffset: 0,
    seenOffset: 0,
    counted: 0,
    kept: [],
    open: new Map(),
    ended: [],
    shadows: [],
    before: undefined,
    after: undefined,
  };
}

/** Takes one message of the site's boot and geometry. @returns what it completes; a late frame is told and left out. */
export function takeMessage(
  state: SiteState,
  message: ObservationMessage,
  offset: number,
): readonly JudgeEffect[] {
  const completedBy = { offset, messageId: message.id, sentAtMs: message.sentat };
  state.seenOffset = offset;
  const { startMs, dtMs } = message.data.frames;
  const stepped = startMs + (dtMs.at(-1) as number) < state.lastFrameMs - CLOCK_STEP_MS;
  const inOrder = message.sequence > state.lastSequence;
  const effects = inOrder && stepped ? [...closeSite(state, completedBy)] : [];
  if (inOrder && stepped) state.lastFrameMs = -1;
  const firstFrame = dtMs.findIndex((dt) => startMs + dt > state.lastFrameMs);
  const late = !inOrder || firstFrame !== 0;
  if (late) {
    castShadow(state, { after: state.lastOffset, upTo: offset });
    effects.push({ kind: 'unusable', offset, reason: 'late' });
  }
  if (!inOrder || firstFrame < 0) return effects;
  const entry = keepBatch(offset, message, firstFrame, state.kept.at(-1));
  remember(state, message.sequence, entry);
  follow(state, entry, message.data, firstFrame);
  effects.push(...judgeDue(state, completedBy));
  return effects;
}

function remember(state: SiteState, sequence: number, entry: KeptBatch): void {
  state.lastSequence = sequence;
  state.lastFrameMs = entry.toMs;
  state.lastOffset = entry.offset;
}

/**
 * Where a signal governs the site a verdict waits so long, in the camera's own time, for what the controller has to say: the
 * same verdict then comes out whichever of the two is heard first.
 */
const SIGNAL_WAIT_MS = 5_000;
const signalWaitMs = ({ model }: Setting): number => (model.signalled.length > 0 ? SIGNAL_WAIT_MS : 0);

/** Judges what has ended and whose tail has passed in event time, and forgets what nobody needs any more. */
function judgeDue(state: SiteState, completedBy: CompletedBy): readonly JudgeEffect[] {
  const dueMs = state.lastFrameMs - Math.max(GAP_MS, tailMs(state.setting), signalWaitMs(state.setting));
  const isDue = ({ end, passage }: EndedPassage): boolean => end === 'closed' || passage.lastMs <= dueMs;
  const due = state.ended.filter(isDue);
  if (due.length > 0) state.ended = state.ended.filter((ended) => !isDue(ended));
  const effects = judgeAll(state, due, completedBy);
  forget(state);
  return effects;
}

/** Judges all that is open, as when a boot ends: nothing more can come. */
export function closeSite(state: SiteState, completedBy: CompletedBy): readonly JudgeEffect[] {
  for (const passage of state.open.values()) endPassage(state, passage, 'closed');
  const effects = judgeAll(state, state.ended, completedBy);
  state.ended = [];
  state.kept = [];
  return effects;
}

function judgeAll(
  state: SiteState,
  ended: readonly EndedPassage[],
  completedBy: CompletedBy,
): readonly JudgeEffect[] {
  return [...ended].sort(byStart).flatMap((one): readonly JudgeEffect[] => {
    const judged = judgePassage(state, state.kept, one);
    if (!judged) return [];
    const { verdict, clock, tracks, messageIds: messages, signal } = judged;
    const { site } = state.setting;
    const effect = { kind: 'encounter', verdict, site, clock, tracks, messages, completedBy } as const;
    return [signal ? { ...effect, signal } : effect];
  });
}

const byStart = ({ passage: a }: EndedPassage, { passage: b }: EndedPassage): number =>
  a.startMs - b.startMs || (a.track < b.track ? -1 : 1);

function forget(state: SiteState): void {
  let neededMs = Infinity;
  for (const { startMs } of state.open.values()) neededMs = Math.min(neededMs, startMs);
  for (const { passage } of state.ended) neededMs = Math.min(neededMs, passage.startMs);
  const first = state.kept.findIndex(({ toMs }) => toMs >= neededMs);
  if (first < 0) state.kept = [];
  else if (first > 0) state.kept.splice(0, first);
}
