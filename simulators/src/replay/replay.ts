/** Publishes a folder of recordings, a few cameras at a time. */
import type { RecordingRef, RejectedRow } from '../recordings/recording.ts';
import { MAX_REJECTS_KEPT } from '../recordings/recording.ts';
import { replayClip, type ClipOptions, type ClipResult } from './replay-clip.ts';

export interface ReplayResult {
  readonly clips: number;
  /** Observation messages of all recordings, and what they hold. */
  readonly messages: number;
  readonly observations: number;
  /** What this run added; 0 where all was done before. */
  readonly published: number;
  /** Messages the house has not acknowledged. */
  readonly unacknowledged: number;
  readonly complete: boolean;
  readonly rejectedRowCount: number;
  readonly rejectedRows: readonly RejectedRow[];
}

const CAMERAS_AT_A_TIME = 4;

/** @throws what stopped the first camera that failed, after the others have stopped in order. */
export async function replayAll(
  recordings: readonly RecordingRef[],
  options: ClipOptions & { readonly onClip: (result: ClipResult) => void },
): Promise<ReplayResult> {
  const results: ClipResult[] = [];
  const failures: unknown[] = [];
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const waiting = recordings.values();
  const camera = async (): Promise<void> => {
    for (const ref of waiting) {
      if (signal.aborted) return;
      const result = await replayClip(ref, { ...options, signal });
      results.push(result);
      options.onClip(result);
    }
  };
  const run = (): Promise<void> =>
    camera().catch((error: unknown) => {
      if (!options.signal.aborted) failures.push(error);
      failed.abort();
    });
  await Promise.all(Array.from({ length: CAMERAS_AT_A_TIME }, run));
  if (failures.length > 0) throw failures[0];
  return total(results, recordings.length);
}

function total(results: readonly ClipResult[], clips: number): ReplayResult {
  const sum = (of: (result: ClipResult) => number): number =>
    results.reduce((all, result) => all + of(result), 0);
  return {
    clips: results.length,
    messages: sum((result) => result.messages),
    observations: sum((result) => result.observations),
    published: sum((result) => result.published),
    unacknowledged: sum((result) => result.left),
    complete: results.length === clips && results.every((result) => result.complete && result.left === 0),
    rejectedRowCount: sum((result) => result.rejects.count),
    rejectedRows: results.flatMap((result) => result.rejects.rows).slice(0, MAX_REJECTS_KEPT),
  };
}
