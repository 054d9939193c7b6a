/** A recording of a crosswalk: what every reader makes of its files, whatever their format. */
import type { Frame } from '@wayside/edge/camera/frame-source';
import type { Site } from '@wayside/contracts/site';

/** A row that was left out, and why; the rest of the recording goes on. */
export interface RejectedRow {
  readonly file: string;
  /** From 1, counting the header. */
  readonly line: number;
  readonly reason: string;
}

export interface Rejects {
  readonly count: number;
  /** The first of them; `count` says how many there were. */
  readonly rows: readonly RejectedRow[];
}

export interface Recording {
  readonly clip: string;
  readonly site: Site;
  /** SHA-256 of all that decides the frames: the files' bytes, the site and the mapping. */
  readonly contentHash: string;
  readonly frames: readonly Frame[];
  readonly rejects: Rejects;
}

/** A recording that is there but not yet read, so that only those in work are in memory. */
export interface RecordingRef {
  readonly clip: string;
  readonly load: (signal: AbortSignal) => Promise<Recording>;
}

export type Listing =
  | { readonly kind: 'recordings'; readonly recordings: readonly RecordingRef[] }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

export const MAX_REJECTS_KEPT = 1000;
/** Of one file; what comes after it is rejected as one. */
export const MAX_ROWS = 5_000_000;
