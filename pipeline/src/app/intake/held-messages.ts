/** What intakes that share devices tell each other: the messages that they hold behind a gap. */
export interface HeldMessage {
  readonly device: string;
  readonly sequence: number;
  /** Since it was first held, by whomever. */
  readonly waitedMs: number;
}

export interface KnownMessage extends HeldMessage {
  /** Since somebody last told that he holds it. */
  readonly untoldMs: number;
}

/**
 * Tells what is held here, and returns what is known of the same devices, this included. All of it in durations, for the
 * clocks of hosts differ and jump.
 */
export type TellHeld = (held: readonly HeldMessage[]) => Promise<readonly KnownMessage[]>;
