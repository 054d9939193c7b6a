/** Reads infractions that have no case yet, with what their case must know of device and site. */
import type { RuleId } from '@wayside/contracts/law-profile';
import type { LawProcess } from '@wayside/contracts/law-process';
import { isKnownTimeZone } from '../../domain/calendar/time-zone.ts';
import type { CaseOrigin } from '../../domain/case/open-case.ts';
import type { Queryable } from '../database.ts';

export interface NewInfraction {
  readonly id: string;
  readonly kind: 'encounter' | 'report';
  readonly occurredAt: Date;
  readonly site: string;
  readonly rule: RuleId;
  readonly profile: string;
  readonly profileVersion: string;
  readonly account: string | null;
  readonly points: number;
  readonly device: string;
  readonly timeZone: string | null;
  readonly validUntil: string | null;
}

/** Newest last. @param from only what was recorded then or later: `-infinity` for all. */
export const newInfractions = (
  tx: Queryable,
  profiles: readonly string[],
  from: string,
  limit: number,
): Promise<readonly NewInfraction[]> =>
  tx.query<NewInfraction>(
    `SELECT i.id, i.kind, i.occurred_at AS "occurredAt", i.site, i.rule, i.profile,
       i.profile_version AS "profileVersion", i.account, i.points, v.device, s.body->>'timeZone' AS "timeZone",
       s.body->'calibration'->>'validUntil' AS "validUntil"
     FROM infraction i
     JOIN verdict v ON v.id = i.verdict_id AND v.occurred_at = i.occurred_at
     LEFT JOIN site_version s ON s.site_id = v.body->'site'->>'id' AND s.version = v.body->'site'->>'version'
     WHERE i.recorded_at >= $1::timestamptz AND i.profile = ANY($2::text[])
       AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.infraction_id = i.id)
     ORDER BY i.recorded_at, i.id LIMIT $3`,
    [from, profiles, limit],
  );

/** Profiles that infractions were found under and no process says how to go on with. */
export async function profilesWithout(
  tx: Queryable,
  profiles: readonly string[],
  from: string,
): Promise<readonly string[]> {
  const rows = await tx.query<{ readonly profile: string }>(
    `SELECT DISTINCT profile FROM infraction
     WHERE recorded_at >= $1::timestamptz AND profile <> ALL($2::text[]) ORDER BY profile`,
    [from, profiles],
  );
  return rows.map(({ profile }) => profile);
}

/** A site in a zone that nobody knows, and a train, are timed by the process's own zone. */
export function originOf(found: NewInfraction, process: LawProcess): CaseOrigin {
  const isRoad = found.kind === 'encounter';
  const { timeZone } = found;
  return {
    infractionId: found.id,
    track: isRoad ? 'road' : 'rail',
    rule: found.rule,
    profile: { id: found.profile, version: found.profileVersion },
    process: { id: process.id, version: process.version },
    site: found.site,
    device: found.device,
    timeZone: timeZone !== null && isKnownTimeZone(timeZone) ? timeZone : process.timeZone.id,
    points: found.points,
    keeper: found.account,
    calibration: isRoad ? { validUntil: found.validUntil } : null,
    occurredAtMs: found.occurredAt.getTime(),
  };
}
