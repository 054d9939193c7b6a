/** Which devices are wrong too often to be believed, and how often they were. */
import type { ProcessTrack } from '@wayside/contracts/law-process';
import type { CaseFile } from '../../domain/case/case-file.ts';
import { errorRate, exceedsLimit, type DeviceErrors } from '../../domain/case/device-errors.ts';
import type { Queryable } from '../database.ts';
import type { CaseHouse } from './house.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

interface TrustRow {
  readonly position: number;
  readonly trusted: boolean;
}

async function newestTrust(tx: Queryable, device: string): Promise<TrustRow> {
  const [row] = await tx.query<TrustRow>(
    'SELECT position, trusted FROM device_trust WHERE device = $1 ORDER BY position DESC LIMIT 1',
    [device],
  );
  return row ?? { position: 0, trusted: true };
}

export const isSuspended = async (tx: Queryable, device: string): Promise<boolean> =>
  !(await newestTrust(tx, device)).trusted;

/** The newest decided cases of a device, none from before it was last trusted again. */
export async function deviceErrors(tx: Queryable, device: string, window: number): Promise<DeviceErrors> {
  const [row] = await tx.query<DeviceErrors>(
    `SELECT count(*) AS decided, count(*) FILTER (WHERE finding = 'wrong') AS wrong FROM (
       SELECT finding FROM case_file WHERE device = $1 AND finding IS NOT NULL AND found_at > coalesce(
         (SELECT max(at) FROM device_trust WHERE device = $1 AND trusted), '-infinity')
       ORDER BY found_at DESC LIMIT $2) AS newest`,
    [device, window],
  );
  return row ?? { decided: 0, wrong: 0 };
}

/** After a case was found wrong: suspends its device where that was once too often. @returns whether it did. */
export async function suspendIfTooWrong(
  tx: Queryable,
  { device }: CaseFile,
  { deviceErrors: limits }: ProcessTrack,
  atMs: number,
): Promise<boolean> {
  const { position, trusted } = await newestTrust(tx, device);
  const errors = await deviceErrors(tx, device, limits.window);
  if (!trusted || !exceedsLimit(errors, limits)) return false;
  const note = `${errors.wrong} of ${errors.decided} decided were wrong, more than ${limits.limitPerMille} in 1000`;
  const inserted = await tx.query(
    `INSERT INTO device_trust (device, position, trusted, at, actor_id, note, decided, wrong)
     VALUES ($1, $2, false, $3::timestamptz, 'wayside', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING device`,
    [device, position + 1, iso(atMs), note, errors.decided, errors.wrong],
  );
  return inserted.length > 0;
}

/** A person has looked at the device. What waited only for that is due now. @returns false where it was not suspended. */
export async function trustAgain(
  house: CaseHouse,
  device: string,
  officer: string,
  note: string,
): Promise<boolean> {
  const atMs = house.clock();
  return house.database.transaction(async (tx) => {
    const { position, trusted } = await newestTrust(tx, device);
    if (trusted) return false;
    const inserted = await tx.query(
      `INSERT INTO device_trust (device, position, trusted, at, actor_id, note, decided, wrong)
       VALUES ($1, $2, true, $3::timestamptz, $4, $5, 0, 0) ON CONFLICT DO NOTHING RETURNING device`,
      [device, position + 1, iso(atMs), officer, note],
    );
    await tx.query(
      `UPDATE case_file SET due_at = $2::timestamptz
       WHERE device = $1 AND state = 'final' AND body->>'blockedBy' = 'device-suspended'`,
      [device, iso(atMs)],
    );
    return inserted.length > 0;
  });
}

export interface DeviceReport extends DeviceErrors {
  readonly device: string;
  readonly rate: number;
  readonly suspended: boolean;
}

/** All devices that anybody has looked at, the most often wrong first; at most `limit`. */
export async function reportDevices(tx: Queryable, limit = 500): Promise<readonly DeviceReport[]> {
  const rows = await tx.query<DeviceErrors & { readonly device: string; readonly suspended: boolean }>(
    `WITH trust AS (SELECT DISTINCT ON (device) device, trusted FROM device_trust ORDER BY device, position DESC)
     SELECT c.device, count(*) AS decided, count(*) FILTER (WHERE c.finding = 'wrong') AS wrong,
       coalesce(NOT bool_and(t.trusted), false) AS suspended
     FROM case_file c LEFT JOIN trust t ON t.device = c.device
     WHERE c.finding IS NOT NULL GROUP BY c.device
     ORDER BY count(*) FILTER (WHERE c.finding = 'wrong')::float / count(*) DESC, c.device LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, rate: errorRate(row) }));
}
