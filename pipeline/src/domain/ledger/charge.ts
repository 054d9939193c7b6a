/** What an infraction costs whom: its points, a novice's factor, and the most that one occasion may cost. */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { addMonths, dayOfIso, type Day } from '../calendar/local-day.ts';

export interface ChargeFacts {
  /** As the law profile prices the infraction. */
  readonly base: number;
  /** ISO date; null where nobody has told. */
  readonly firstIssuedOn: string | null;
  readonly occurredOn: Day;
  /** What this occasion has already cost the account, what was released not counted. */
  readonly alreadyCharged: number;
}

export interface Charge {
  readonly base: number;
  readonly factor: number;
  /** What the occasion had left; null where it has no limit. */
  readonly room: number | null;
  readonly charged: number;
}

/** In doubt for the person: who is not known to be a novice is none, and what an occasion has cost stays counted. */
export function chargeOf(track: Pick<PointsTrack, 'novice' | 'occasion'>, facts: ChargeFacts): Charge {
  const { base, alreadyCharged } = facts;
  const factor = isNovice(track, facts) ? (track.novice?.factor ?? 1) : 1;
  const room = track.occasion ? Math.max(0, track.occasion.most - alreadyCharged) : null;
  return { base, factor, room, charged: Math.min(base * factor, room ?? Infinity) };
}

function isNovice({ novice }: Pick<PointsTrack, 'novice'>, facts: ChargeFacts): boolean {
  if (!novice || facts.firstIssuedOn === null) return false;
  const since = dayOfIso(facts.firstIssuedOn);
  return facts.occurredOn >= since && facts.occurredOn < addMonths(since, novice.years * 12);
}
