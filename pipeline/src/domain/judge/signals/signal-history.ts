/**
 * What one controller said of one site's signals lately: pieces in order of time, none overlapping another. How much is kept
 * is told by the controller's own messages alone, so that a reader who begins with the oldest piece kept has the same.
 */
import type { ClockStatus } from '@wayside/contracts/observation-batch';
import type { SignalMessage, SignalPhases } from '@wayside/contracts/signal-phases';
import type { JudgeLimits } from '../limits.ts';
import { castShadow, type Shadow } from '../shadow.ts';

export interface SignalPiece {
  readonly offset: number;
  readonly messageId: string;
  readonly clock: ClockStatus;
  readonly fromMs: number;
  readonly toMs: number;
  readonly groups: SignalPhases['groups'];
}

export interface SignalHistory {
  readonly key: string;
  readonly device: string;
  readonly siteId: string;
  readonly limits: JudgeLimits;
  /** Of the last message taken for good. */
  lastSequence: number;
  lastMs: number;
  lastOffset: number;
  /** Of the last message of any kind. */
  seenOffset: number;
  pieces: SignalPiece[];
  shadows: Shadow[];
  /** Its neighbours in order of silence. */
  before: SignalHistory | undefined;
  after: SignalHistory | undefined;
}

/** A clock that goes back by more than this was set: time begins anew. */
const CLOCK_STEP_MS = 10_000;

export const historyKey = ({ device, data }: SignalMessage): string => `${device} ${data.site.id}`;

export const newHistory = (message: SignalMessage, limits: JudgeLimits): SignalHistory => ({
  key: historyKey(message),
  device: message.device,
  siteId: message.data.site.id,
  limits,
  lastSequence: 0,
  lastMs: -1,
  lastOffset: 0,
  seenOffset: 0,
  pieces: [],
  shadows: [],
  before: undefined,
  after: undefined,
});

/** @returns whether it was taken; what comes late, or tells again of a time already told, is not. */
export function takePhases(history: SignalHistory, message: SignalMessage, offset: number): boolean {
  const { data, sequence, id } = message;
  const fromMs = data.span.startMs;
  history.seenOffset = offset;
  const inOrder = sequence > history.lastSequence;
  if (inOrder && fromMs < history.lastMs - CLOCK_STEP_MS) {
    history.pieces = [];
    history.lastMs = -1;
  }
  if (!inOrder || fromMs < history.lastMs) {
    castShadow(history, { after: history.lastOffset, upTo: offset });
    return false;
  }
  const toMs = fromMs + data.span.dtMs;
  history.pieces.push({ offset, messageId: id, clock: data.clock, fromMs, toMs, groups: data.groups });
  history.lastSequence = sequence;
  history.lastMs = toMs;
  history.lastOffset = offset;
  forget(history);
  return true;
}

function forget({ pieces, lastMs, limits }: SignalHistory): void {
  let first = Math.max(0, pieces.length - limits.signalPieces);
  while ((pieces[first]?.toMs ?? Infinity) < lastMs - limits.signalMs) first++;
  if (first > 0) pieces.splice(0, first);
}

/** Where a fresh reader must begin to have what is kept here, and to tell what is late. */
export const historyNeededFrom = ({ pieces, lastOffset }: SignalHistory): number =>
  pieces[0]?.offset ?? lastOffset;
