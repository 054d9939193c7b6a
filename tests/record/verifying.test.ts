import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCounters } from '@wayside/pipeline/app/counters/read-counters';
import { drained } from '@wayside/pipeline/app/counters/drained';
import { verify } from '@wayside/pipeline/app/verify/verify';
import type { Queryable } from '@wayside/pipeline/app/database';
import { openHouse, profiles, type TestHouse } from './house.ts';
import { reports } from './messages.ts';
import { empty } from './rows.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await house.log.append(reports(20));
  await house.judgeAll({ batchSize: 7 });
  await house.holds().placeNow();
});
afterAll(() => house.close());

const run = (on: Queryable = house.database) =>
  verify(on, { publicKeys: [house.signer.publicJwk], profiles });
const failed = async (on?: Queryable) =>
  (await run(on)).checks.filter(({ ok }) => !ok).map(({ name }) => name);

/** Does something to the stored rows, past all triggers, looks, and undoes it. */
async function afterTampering<T>(
  tamper: (tx: Queryable) => Promise<unknown>,
  look: (tx: Queryable) => Promise<T>,
): Promise<T> {
  const undo = new Error('undo');
  let seen: { readonly value: T } | undefined;
  await house.database
    .transaction(async (tx) => {
      await tx.query(`SET LOCAL session_replication_role = 'replica'`);
      await tamper(tx);
      seen = { value: await look(tx) };
      throw undo;
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error;
    });
  if (seen === undefined) throw new Error('nothing was seen');
  return seen.value;
}

describe('verify', () => {
  it('finds nothing wrong with what the house recorded', async () => {
    const report = await run();
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.checks.length).toBeGreaterThan(20);
  });

  it('finds nothing wrong with an empty house', async () => {
    expect(await afterTampering(empty, failed)).toEqual([]);
  });

  const tampering: readonly [what: string, sql: string, caughtBy: string][] = [
    [
      'one byte of evidence',
      `UPDATE evidence SET body = overlay(body placing 'X' from 40 for 1) WHERE position = 2`,
      'evidence: bodies',
    ],
    [
      'a link removed from the middle of a chain',
      'DELETE FROM evidence WHERE position = 3',
      'evidence: chains',
    ],
    ['evidence without its last link', 'DELETE FROM evidence WHERE position = 14', 'evidence: complete'],
    [
      'evidence that was hashed again, but not signed',
      `UPDATE evidence SET body_sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'), link_sha256 = repeat('0', 64) WHERE position = 14`,
      'evidence: signatures',
    ],
    [
      'the points of an infraction',
      'UPDATE infraction SET points = points + 1 WHERE id = (SELECT infraction_id FROM evidence WHERE position = 1)',
      'evidence: rows',
    ],
    ['the explanation of an infraction', `UPDATE infraction SET explanation = 'because'`, 'evidence: rows'],
    ['a balance', 'UPDATE balance SET held = held + 1', 'ledger: balances'],
    [
      'the points of a hold',
      `UPDATE transfer SET points = points + 1 WHERE kind = 'hold'`,
      'ledger: holds placed',
    ],
    [
      'a hold of somebody else',
      `UPDATE transfer SET account = (SELECT max(id) FROM account) WHERE kind = 'hold'`,
      'ledger: moves',
    ],
    [
      'a hold removed',
      `DELETE FROM transfer WHERE id = (SELECT id FROM transfer WHERE kind = 'hold' LIMIT 1)`,
      'ledger: holds placed',
    ],
    [
      'a hold that was never due',
      `UPDATE hold_due SET infraction_id = gen_random_uuid() WHERE hold_id = (SELECT hold_id FROM hold_due LIMIT 1)`,
      'ledger: holds due',
    ],
    [
      'a verdict turned around',
      `UPDATE verdict SET body = jsonb_set(body, '{outcome}', '"clear"') WHERE outcome = 'infraction'`,
      'verdicts: judged again',
    ],
    [
      'a verdict removed',
      `DELETE FROM verdict WHERE id = (SELECT id FROM verdict WHERE outcome = 'clear' LIMIT 1)`,
      'verdicts: judged again',
    ],
    [
      'a verdict made up',
      `INSERT INTO verdict SELECT gen_random_uuid(), occurred_at, recorded_at, kind, site, device, outcome, reason, profile, profile_version, vehicle_track, partition, log_offset, body FROM verdict WHERE outcome = 'clear' LIMIT 1`,
      'verdicts: complete',
    ],
    [
      'a message of the log',
      `UPDATE log_message SET payload = replace(payload, '"refused"', '"not-asked"') WHERE log_offset = 5`,
      'verdicts: judged again',
    ],
    ['a message removed from the log', 'DELETE FROM log_message WHERE log_offset = 5', 'log: offsets'],
    ['a counter', `UPDATE counter SET value = value + 1 WHERE name = 'record.clear'`, 'counter record.clear'],
    [
      'an infraction removed',
      'DELETE FROM infraction WHERE id = (SELECT infraction_id FROM evidence WHERE position = 1)',
      'record: infractions',
    ],
  ];
  it.each(tampering)('finds %s', async (_what, sql, caughtBy) => {
    expect(await afterTampering((tx) => tx.query(sql), failed)).toContain(caughtBy);
  });

  it('needs the key that signed', async () => {
    const { checks } = await verify(house.database, { publicKeys: [], profiles });
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['evidence: signatures']);
  });
});

describe('the counters', () => {
  it('balance between the rooms', async () => {
    const read = await openCounters(house.database);
    expect(await read()).toEqual({
      intake: { received: 20, stored: 20, duplicate: 0, deadLettered: 0, inFlight: 0 },
      judge: { stored: 20, judged: 20, waiting: 0, observations: 0, late: 0 },
      record: { verdicts: 20, infraction: 14, clear: 6, undecided: 0 },
      holds: { infractions: 14, held: 12, pending: 0, unidentified: 2, none: 0 },
      balanced: true,
      faults: [],
    });
  });

  it('say in words what does not', async () => {
    expect(
      await afterTampering(
        (tx) => tx.query(`UPDATE counter SET value = 19 WHERE name = 'judge.judged'`),
        async (tx) => (await (await openCounters(tx))()).faults,
      ),
    ).toEqual(['judge.judged = messages the cursors have passed: 19 ≠ 20']);
  });

  it('know when all that came is judged and held', async () => {
    expect(await drained(house.database, house.log)).toEqual({
      drained: true,
      messagesWaiting: 0,
      holdsWaiting: 0,
    });
    await house.log.append(reports(3, 31));
    expect(await drained(house.database, house.log)).toMatchObject({ drained: false, messagesWaiting: 3 });
    await house.judgeAll();
    expect(await drained(house.database, house.log)).toMatchObject({ drained: false, messagesWaiting: 0 });
  });

  it('count what intake has in flight, and what it lost', async () => {
    let tally = { received: 0, stored: 0, duplicate: 0, deadLettered: 0, inFlight: 0 };
    const read = await openCounters(house.database, () => tally);
    tally = { received: 3, stored: 2, duplicate: 0, deadLettered: 0, inFlight: 1 };
    await house.log.append(reports(2, 21));
    expect(await read()).toMatchObject({ intake: { received: 26, inFlight: 1 }, balanced: true });
    tally = { ...tally, stored: 3, inFlight: 0 };
    expect((await read()).faults).toEqual(['intake answered 3 messages, but only 2 of them are stored']);
  });
});
