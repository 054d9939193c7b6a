import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EvidenceBody, EvidenceSeal } from '@wayside/contracts/infraction';
import { checkSeal } from '@wayside/pipeline/app/evidence/check-seal';
import { createCopies } from '@wayside/pipeline/app/judging/copies';
import { verify } from '@wayside/pipeline/app/verify/verify';
import { crossing } from './crossing.ts';
import { openHouse, profiles, type TestHouse } from './house.ts';
import { dyingAt, empty, storedRows } from './rows.ts';

const PASSAGES = 6;
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
});
beforeEach(() => empty(house.database));
afterAll(() => house.close());

async function judged(batchSize: number) {
  await empty(house.database);
  await house.log.append(crossing(PASSAGES));
  await house.judgeAll({ batchSize });
  return storedRows(house.database);
}

describe('a recorded crossing', () => {
  it('becomes verdicts, infractions with paths and evidence, and holds from the plates that were seen', async () => {
    await judged(50);
    await house.holds().placeNow();
    const [counts] = await house.database.query(`SELECT
      (SELECT count(*) FROM verdict) AS verdicts, (SELECT count(*) FROM infraction) AS infractions,
      (SELECT count(*) FROM track_segment) AS paths, (SELECT count(*) FROM infraction WHERE account IS NULL) AS unidentified,
      (SELECT sum(held) FROM balance) AS held`);
    expect(counts).toEqual({ verdicts: 6, infractions: 6, paths: 6, unidentified: 1, held: 15 });
  });

  it('is judged by a database that was restored from before the birth, where the log stands outside of it', async () => {
    await house.log.append(crossing(PASSAGES));
    await house.database.query('DELETE FROM site_version');
    await house.judgeAll({ batchSize: 13, copies: createCopies(house.database) });
    const [counts] = await house.database.query('SELECT count(*) AS verdicts FROM verdict');
    expect(counts).toEqual({ verdicts: PASSAGES });
  });

  it('is verified, judged again from the log', async () => {
    await judged(13);
    await house.holds().placeNow();
    const report = await verify(house.database, { publicKeys: [house.signer.publicJwk], profiles });
    expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.checks.find(({ name }) => name === 'verdicts: complete')?.found).toBe(PASSAGES);
  });

  it('gives the same rows in whatever pieces the log is read, and however often the judge dies', async () => {
    const undisturbed = await judged(200);
    expect(await judged(1)).toEqual(undisturbed);
    await empty(house.database);
    await house.log.append(crossing(PASSAGES));
    let deaths = 0;
    for (let step = 3; ; step += 4) {
      const died = await house.judgeAll({ batchSize: 5, database: dyingAt(step, house.database) }).then(
        () => false,
        () => true,
      );
      if (!died) break;
      deaths += 1;
    }
    expect(deaths).toBeGreaterThan(3);
    expect(await storedRows(house.database)).toEqual(undisturbed);
  }, 60_000);

  it('leaves evidence that anybody can check with the public key alone, and that breaks with one number', async () => {
    await judged(50);
    const [row] = await house.database.query<EvidenceSeal & { body: string }>(
      `SELECT body, chain, position, body_sha256 AS "bodySha256", previous_sha256 AS "previousSha256",
         link_sha256 AS "linkSha256", key_id AS "keyId", signature FROM evidence WHERE position = 2`,
    );
    const { body: text, ...seal } = row!;
    const body = JSON.parse(text) as EvidenceBody;
    const key = house.signer.publicJwk;
    expect(checkSeal({ body, seal }, key)).toEqual([]);
    const changed = { ...body, finding: { ...body.finding, points: body.finding.points + 1 } };
    expect(checkSeal({ body: changed, seal }, key)).toEqual(['the body is not the one that was hashed']);
    expect(checkSeal({ body, seal: { ...seal, position: 3 } }, key)).toEqual([
      'the link is not the hash of its own content',
    ]);
    const other = seal.signature.replace(
      /\.(.)([^.]*)$/,
      (_, first: string, rest: string) => `.${first === 'A' ? 'E' : 'A'}${rest}`,
    );
    expect(checkSeal({ body, seal: { ...seal, signature: other } }, key)).toHaveLength(1);
  });

  it('shows the street from above, at most five times a second', async () => {
    house.events.length = 0;
    await house.log.append(crossing(2));
    let nowMs = 0;
    await house.judgeAll({ batchSize: 1, clock: () => (nowMs += 50) });
    const streets = house.events.filter((event) => event.kind === 'street');
    expect(streets.length).toBeGreaterThan(2);
    expect(streets.length).toBeLessThan(30);
    const seen = streets.flatMap(({ objects }) => objects.map(({ kind }) => kind));
    expect(new Set(seen)).toEqual(new Set(['car', 'pedestrian']));
  });
});
