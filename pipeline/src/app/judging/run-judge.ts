/**
 * The judge of one partition, from the log to the record.
 *
 *   take the partition ─▶ read again from resume, discarding what is recorded ─▶ read on ─▶ judge ─▶ commit ─┐
 *                                                                                  ▲────────────────────────┘
 * One transaction a batch moves the cursor and records all that follows from the batch, so that there is nothing to
 * repair after a crash: who comes next reads again from the resume offset. Holds one batch in memory at a time.
 */
import type { Logger } from 'pino';
import { initialJudgeState, resumeOffset, type JudgeState } from '../../domain/judge/judge.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { LoggedMessage, LogReader } from '../event-log.ts';
import { keepSites } from '../keep-sites.ts';
import type { StreetBus } from '../live-bus.ts';
import type { Recorder } from '../record/recorder.ts';
import type { Tracer } from '../trace.ts';
import { announce } from './announce.ts';
import { FencedError, moveCursor, takePartition, type Cursor } from './cursor.ts';
import type { Copies } from './copies.ts';
import { judgeBatch } from './judge-batch.ts';
import type { Opine } from './opine.ts';
import type { SiteContext } from './site-context.ts';
import { createStreet } from './street.ts';
import { tellJudged } from './tell-judged.ts';

export interface JudgeParts {
  readonly log: LogReader;
  readonly database: Database;
  readonly record: Recorder;
  readonly context: SiteContext;
  /** Decides by rule and model; the rules stand alone where absent. */
  readonly opine?: Opine;
  readonly bus: StreetBus;
  /** Says that holds are due; must return at once and never throw. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
  /**
   * Where the log stands outside of the database, and so may hold a message twice, and births that a database which was
   * restored from a copy knows nothing of; absent where it cannot.
   */
  readonly copies?: Copies;
  /** Told of each message after the commit. */
  readonly tracer?: Tracer;
  /** Messages a batch; 128 where absent. */
  readonly batchSize?: number;
}

export interface JudgeEnd {
  /** fenced: another judge took the partition over · stopped: the signal said so. */
  readonly kind: 'fenced' | 'stopped';
}

const DEFAULT_BATCH = 128;
/** How long to wait for a change of the log before looking anyway. */
const LOOK_AGAIN_MS = 1_000;

/** Rejects where the log or the database fails; nothing is lost then, and it can be run again. */
export async function runJudge(partition: number, parts: JudgeParts, signal: AbortSignal): Promise<JudgeEnd> {
  try {
    const cursor = await takePartition(parts.database, partition);
    parts.logger.info({ ...cursor }, 'judge took partition');
    await judgeOn(cursor, parts, signal);
    return { kind: 'stopped' };
  } catch (error) {
    if (!(error instanceof FencedError)) throw error;
    parts.logger.warn({ partition }, 'judge was replaced');
    return { kind: 'fenced' };
  } finally {
    parts.log.leave(partition);
  }
}

async function judgeOn(taken: Cursor, parts: JudgeParts, signal: AbortSignal): Promise<void> {
  const state = initialJudgeState();
  const street = createStreet();
  let cursor = taken;
  let next = taken.resumeOffset;
  while (!signal.aborted) {
    const batch = await parts.log.read(taken.partition, next, parts.batchSize ?? DEFAULT_BATCH);
    const newest = batch.at(-1);
    if (newest === undefined) {
      await parts.log.changed(LOOK_AGAIN_MS, signal);
      continue;
    }
    cursor = await advance(cursor, state, batch, parts);
    next = newest.offset + 1;
    if (!parts.bus.streetsWatched()) continue;
    for (const snapshot of street(batch, parts.clock())) parts.bus.publish(snapshot);
  }
}

async function advance(
  cursor: Cursor,
  state: JudgeState,
  batch: readonly LoggedMessage[],
  parts: JudgeParts,
): Promise<Cursor> {
  const readAtMs = parts.clock();
  const sifted = (await parts.copies?.sift(cursor, batch)) ?? { messages: batch, copies: [] };
  if (parts.copies) await keepSites(parts.database, sifted.messages);
  await parts.context.prepare(sifted.messages);
  const ruled = await judgeBatch(state, sifted.messages, parts.context, cursor.committedOffset);
  const judged = { ...ruled, effects: parts.opine?.(ruled.effects) ?? ruled.effects };
  const passed = judged.messages + sifted.copies.length;
  if (passed === 0) return cursor;
  const committedOffset = batch.at(-1)?.offset ?? cursor.committedOffset;
  const moved = { ...cursor, committedOffset, resumeOffset: resumeOffset(state, committedOffset + 1) };
  const recorded = await parts.database.transaction(async (tx) => {
    await moveCursor(tx, moved);
    await parts.copies?.keep(tx, cursor, sifted);
    return parts.record(tx, { partition: cursor.partition, ...judged, messages: passed });
  });
  if (recorded.holdsDue > 0) parts.wake();
  announce(parts.bus, recorded);
  if (parts.tracer)
    tellJudged(parts.tracer, { cursor, ...sifted, recorded, startMs: readAtMs, endMs: parts.clock() });
  return moved;
}
