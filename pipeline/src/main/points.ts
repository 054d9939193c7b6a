/** The points of a house: the schemes it ships, and their clock. */
import { readdirSync, readFileSync } from 'node:fs';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { PointsScheme } from '@wayside/contracts/points-scheme';
import type { Logger } from 'pino';
import type { Clock } from '../app/clock.ts';
import type { Database } from '../app/database.ts';
import type { PointsHouse } from '../app/points/house.ts';
import { runPointsClock } from '../app/points/points-clock.ts';
import { loadSchemes } from '../domain/points/load-schemes.ts';

const FOLDER = new URL('../../profiles/points/', import.meta.url);

/** @throws Error naming every fault of every file. */
export function loadSchemeFiles(profiles: readonly LawProfile[]): ReadonlyMap<string, PointsScheme> {
  const texts = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
  const loaded = loadSchemes(texts, new Map(profiles.map((profile) => [profile.id, profile])));
  if (!loaded.ok) throw new Error(`points schemes contradict themselves:\n  ${loaded.faults.join('\n  ')}`);
  return loaded.schemes;
}

interface Stored {
  readonly database: Database;
  readonly profiles: readonly LawProfile[];
}

export const openPointsHouse = ({ database, profiles }: Stored, clock: Clock): PointsHouse => ({
  database,
  clock,
  schemes: loadSchemeFiles(profiles),
});

/** Cycles and expiries end with a day; a minute is soon enough. */
const CLOCK_INTERVAL_MS = 15_000;

export const keepPoints = (points: PointsHouse, logger: Logger, signal: AbortSignal): Promise<void> =>
  runPointsClock({ ...points, logger, intervalMs: CLOCK_INTERVAL_MS }, signal);
