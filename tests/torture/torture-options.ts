import type { StageOptions } from './stage-parts.ts';

export interface TortureOptions extends StageOptions {
  readonly lengthMs: number;
  readonly gapMs: number;
  /** Only these faults, as `group kind`. */
  readonly only?: readonly string[];
  /** Only whose name begins so; everybody where absent. */
  readonly hurt?: readonly string[];
  /** Lines that are held from the first fault to the end, never to be healed. */
  readonly cut?: readonly string[];
  /** How long everything may take to arrive, once all is healed. */
  readonly drainMs?: number;
  /** Gives the run up: everything is ended, and nothing said. */
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: Readonly<Record<string, unknown>>) => void;
}
