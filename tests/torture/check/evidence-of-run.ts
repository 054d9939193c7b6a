/** What the checker knows of a run beside the database: who played, what was said to whom, what had to come of it. */
import type { Player } from '../oracle/cast.ts';
import type { ExpectedVerdict } from '../oracle/expected.ts';
import type { Told } from '../fates/told.ts';

export interface RunEvidence {
  readonly players: readonly Player[];
  /** The last sequence each device has given out. */
  readonly last: ReadonlyMap<string, number>;
  readonly told: Told;
  readonly expected: readonly ExpectedVerdict[];
  /** When a broker of others was killed, ms since the epoch: it may lose what it acknowledged shortly before. */
  readonly brokerKillsMs: readonly number[];
  /** Whether a hold was resolved by who does so during a run; all others must stand. */
  readonly mayBeResolved: (holdId: string) => boolean;
}

/** Mosquitto writes its queue down every second (`autosave_interval 1`); this is that, and a busy machine. */
const BROKER_MAY_LOSE_MS = 5_000;

/** Whether the acknowledgement was given by a broker that was killed before it can have written the message down. */
export function brokerMayHaveLost(
  { brokerKillsMs }: Pick<RunEvidence, 'brokerKillsMs'>,
  player: Pick<Player, 'door'>,
  acknowledgedAtMs: number,
): boolean {
  if (player.door === 'house') return false;
  return brokerKillsMs.some(
    (killedAtMs) =>
      acknowledgedAtMs >= killedAtMs - BROKER_MAY_LOSE_MS && acknowledgedAtMs <= killedAtMs + 1_000,
  );
}
