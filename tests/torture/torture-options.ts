import type { StageOptions } from './stage-parts.ts';

export interface TortureOptions extends StageOptions {
  readonly lengthMs: number;
  readonly gapMs: number;
  /** Only these faults, as `group kind`. */
  readonly only?: readonly string[];
  /** Gives the run up: everything is ended, and nothing said. */
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: Readonly<Record<string, unknown>>) => void;
}
