/**
 * What became of a message, stretch by stretch, for whoever looks where the time went. Who worked at it tells it when it
 * is over; the message's id alone brings the stretches together (docs/decisions/0010). The fields are closed lists, so
 * that nothing personal can get in: no plate, no ticket, no account.
 */
export interface Stretch {
  /** `<device>/<bootid>/<sequence>` */
  readonly message: string;
  /** Epoch ms, as is the end. */
  readonly startMs: number;
  readonly endMs: number;
}

/** From the receipt of a message to the answer by which the broker writes its PUBACK. */
export interface IntakeSpan extends Stretch {
  readonly name: 'intake';
  readonly device: string;
  readonly outcome: 'stored' | 'duplicate' | 'dead-letter';
}

/** From the reading of a message from the log to the commit of what followed from it. */
export interface JudgeSpan extends Stretch {
  readonly name: 'judge';
  readonly device: string;
  readonly site: string | undefined;
  readonly partition: number;
  readonly offset: number;
  /** Ids of the infractions that this message completed. */
  readonly infractions: readonly string[];
}

/** From the moment a hold is due to the commit that placed it. */
export interface HoldSpan extends Stretch {
  readonly name: 'hold';
  readonly infraction: string;
  readonly hold: string;
  readonly detectionToHoldMs: number;
}

export type Span = IntakeSpan | JudgeSpan | HoldSpan;

/** Absent where nobody asked for traces. */
export interface Tracer {
  /** Returns at once and never throws. Keeps a share of the messages, the same everywhere, and all that led to a hold. */
  readonly tell: (span: Span) => void;
}
