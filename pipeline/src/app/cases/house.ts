import type { HolidayCalendar } from '@wayside/contracts/holiday-calendar';
import type { LawProcess } from '@wayside/contracts/law-process';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { TrackOf } from '../ledger/charges.ts';
import type { ProfileOf } from '../ledger/place-holds.ts';

/** What every use case of cases needs. */
export interface CaseHouse {
  readonly database: Database;
  readonly clock: Clock;
  /** The newest wording of each process, by id of the law profile. */
  readonly processes: ReadonlyMap<string, LawProcess>;
  readonly calendars: ReadonlyMap<string, HolidayCalendar>;
  readonly profileOf: ProfileOf;
  /** What novices and single occasions cost; absent: as the profiles price them. */
  readonly trackOf?: TrackOf;
  /** The house's own; who knows it knows which decisions are looked at twice. */
  readonly samplingKey: string;
}
