/** Bounds of what a judge remembers; a test may draw them tighter. */
export interface JudgeLimits {
  /** Observations of a site after which a passage is ended, whatever it does: 7 min of 16 objects 30 times a second. */
  readonly keptObservations: number;
  /** How far back in a controller's own time its phases are kept: a camera further behind it is not judged by them. */
  readonly signalMs: number;
  readonly signalPieces: number;
  /** A site silent for this many messages of the log is closed: a device that died must not hold the resume offset. */
  readonly silentMessages: number;
}

export const JUDGE_LIMITS: JudgeLimits = {
  keptObservations: 200_000,
  signalMs: 180_000,
  signalPieces: 1_000,
  silentMessages: 100_000,
};
