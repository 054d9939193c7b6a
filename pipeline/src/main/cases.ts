/** The cases of a house: what they need, and their clock. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openSecret } from '../adapters/secret-file.ts';
import { runCaseClock } from '../app/cases/case-clock.ts';
import type { CaseHouse } from '../app/cases/house.ts';
import type { Clock } from '../app/clock.ts';
import { trackOfSchemes } from '../app/points/house.ts';
import { loadSchemeFiles } from './points.ts';
import type { Store } from './store.ts';

export async function openCaseHouse(store: Store, dataDir: string, clock: Clock): Promise<CaseHouse> {
  const profiles = new Map(store.profiles.map((profile) => [profile.id, profile]));
  return {
    database: store.database,
    clock,
    ...store.caseLaw,
    profileOf: (scheme) => profiles.get(scheme),
    trackOf: trackOfSchemes(loadSchemeFiles(store.profiles)),
    samplingKey: await openSecret(join(dataDir, 'keys'), 'case-sampling.key'),
  };
}

/** What lapsed is seen within seconds; the law asks for a minute. */
const CLOCK_INTERVAL_MS = 3_000;

export const keepCases = (cases: CaseHouse, logger: Logger, signal: AbortSignal): Promise<void> =>
  runCaseClock({ ...cases, logger, intervalMs: CLOCK_INTERVAL_MS }, signal);
