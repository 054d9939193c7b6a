import type { PointsScheme, PointsTrack } from '@wayside/contracts/points-scheme';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { TrackOf } from '../ledger/charges.ts';

/** What every use case of points needs. */
export interface PointsHouse {
  readonly database: Database;
  readonly clock: Clock;
  /** By id of the law profile. */
  readonly schemes: ReadonlyMap<string, PointsScheme>;
}

/** Road and rail accounts follow rules of their own (promise 9). */
export const trackIn = (scheme: PointsScheme, account: string): PointsTrack =>
  account.startsWith('rail:') ? scheme.rail : scheme.road;

export const trackOfSchemes =
  (schemes: ReadonlyMap<string, PointsScheme>): TrackOf =>
  (id, account) => {
    const scheme = schemes.get(id);
    return scheme && trackIn(scheme, account);
  };
