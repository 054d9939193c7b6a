export interface IntakeLimits {
  /** A larger payload is a dead letter. */
  readonly payloadBytes: number;
  /** Messages and payload bytes taken in and not yet durable; beyond either `accept` waits. */
  readonly waitingMessages: number;
  readonly waitingBytes: number;
  /** What one append takes at most. */
  readonly appendMessages: number;
  readonly appendBytes: number;
  /** A device's clock may be ahead of the house's by this much. */
  readonly clockAheadMs: number;
  /** Versions of sites remembered; the others are asked of the store. */
  readonly rememberedSites: number;
}

export const DEFAULT_LIMITS: IntakeLimits = {
  payloadBytes: 256 * 1024,
  waitingMessages: 2048,
  waitingBytes: 16 * 1024 * 1024,
  appendMessages: 256,
  appendBytes: 2 * 1024 * 1024,
  clockAheadMs: 24 * 3_600_000,
  rememberedSites: 10_000,
};
