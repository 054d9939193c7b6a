/**
 * What was decided with a model can be decided again without one: its opinions stand in the verdict, and the decision is a
 * pure function of them, the rules' own verdict and the law profile.
 */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Verdict } from '@wayside/contracts/verdict';
import type { Queryable } from '../database.ts';
import { decide } from '../../domain/decision/decide.ts';

/** @param recorded the verdict as it was recorded; where no model was asked, the rules stand. */
export function decideAgain(
  ruled: Verdict,
  recorded: Verdict | undefined,
  profiles: readonly LawProfile[],
): Verdict {
  if (ruled.kind !== 'encounter' || recorded?.kind !== 'encounter' || !recorded.model) return ruled;
  const profile = profiles.find(
    ({ id, version }) => id === recorded.profile.id && version === recorded.profile.version,
  );
  if (!profile) return ruled;
  return decide(ruled, recorded.model, profile);
}

/** The recorded verdicts of those ids that a model was asked about. */
export async function recordedVerdicts(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Verdict>> {
  if (ids.length === 0) return new Map();
  const rows = await database.query<{ readonly id: string; readonly body: Verdict }>(
    `SELECT id, body FROM verdict WHERE id = ANY($1::uuid[]) AND body ? 'model'`,
    [ids],
  );
  return new Map(rows.map(({ id, body }) => [id, body]));
}
