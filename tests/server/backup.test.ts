/**
 * A backup of a running house, a disaster, and the restore: what was recorded after the backup is in Kafka still, and the
 * judge reads on from where the copy ends. Nothing is lost, and nothing doubled.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPgDatabase } from '@wayside/pipeline/adapters/pg-database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase } from '../support/engines/new-database.ts';
import { installedTimescale } from '../support/engines/postgres.ts';
import { temporaryFolder } from '../support/wayside.ts';
import { runLoad } from './devices.ts';
import { canServe, openGround, WITHOUT_ENGINES, type Ground } from './engines.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { alike, lateIn, recordOf } from './told-apart.ts';

const ROLES = ['api', 'intake', 'judge', 'worker', 'scheduler'] as const;
const script = (name: string): string => fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url));

/** The server's own programs, which are in a folder of their own where the server is. */
function programs(): NodeJS.ProcessEnv {
  const found = installedTimescale();
  const named = (program: string) =>
    [
      ...(found?.root === '/' ? [] : ['chroot', found?.root ?? '/']),
      `${found?.programs ?? ''}/${program}`,
    ].join(' ');
  return { ...process.env, PG_DUMP: named('pg_dump'), PG_RESTORE: named('pg_restore'), PSQL: named('psql') };
}

const run = async (name: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(script(name), args, { env: programs() })).stdout;

describe.skipIf(!canServe())(`a backup${WITHOUT_ENGINES()}`, () => {
  let ground: Ground;
  let fleet: Fleet;
  const copy = temporaryFolder('backup');
  beforeAll(async () => {
    ground = await openGround();
    fleet = createFleet(ground);
    for (const role of ROLES) await fleet.start(role);
  }, 240_000);
  afterAll(async () => {
    await fleet.close();
    await ground.close();
    copy.remove();
  }, 120_000);

  it('is taken while the house runs, and brings back all that came before and after it', async () => {
    const load = runLoad({ broker: ground.mosquitto.url, rate: 1_000, sites: 20, seconds: 40 });
    await sleep(20_000);
    const url = ground.args[ground.args.indexOf('--database') + 1] ?? '';
    const backup = join(copy.path, 'monday');
    expect(await run('backup.sh', url, fleet.folder, backup)).toContain('files');
    const { acknowledged } = await load.done;
    await fleet.drained(Number(acknowledged), 120_000);
    const before = await recordOf(ground.database);
    expect(before.transfers.length).toBeGreaterThan(0);
    await fleet.close();

    const empty = await newDatabase(url, 'wayside_restored');
    const data = join(copy.path, 'data');
    expect(await run('restore.sh', backup, empty.url, data)).toMatch(/^restored: \d+ rows/);
    const restored = openPgDatabase(empty.url, { maxConnections: 2 });
    try {
      expect((await recordOf(restored)).verdicts.length).toBeLessThan(before.verdicts.length);
      const args = ground.args.map((arg) => (arg === url ? empty.url : arg));
      fleet = createFleet(
        { ...ground, args },
        { path: data, remove: () => rmSync(data, { recursive: true, force: true }) },
      );
      for (const role of ROLES) await fleet.start(role);
      await expect
        .poll(async () => (await recordOf(restored)).verdicts.length, { timeout: 90_000, interval: 1_000 })
        .toBe(before.verdicts.length);
      const { faults } = await fleet.drained(0, 30_000);
      expect(faults).toEqual([]);
      const after = await recordOf(restored);
      const [is, was] = alike(after, before);
      expect(is).toEqual(was);
      process.stdout.write(`the model came too late for ${lateIn(after, before).size} verdicts\n`);
      await fleet.close();
    } finally {
      await restored.close();
      await empty.drop();
    }
  }, 400_000);

  it('is not restored over a house, nor where it is not as it was written', async () => {
    const url = ground.args[ground.args.indexOf('--database') + 1] ?? '';
    await expect(run('restore.sh', join(copy.path, 'monday'), url, join(copy.path, 'other'))).rejects.toThrow(
      /the database is not empty/,
    );
    rmSync(join(copy.path, 'monday', 'database.dump'));
    await expect(run('restore.sh', join(copy.path, 'monday'), url, join(copy.path, 'other'))).rejects.toThrow(
      /not as it was written/,
    );
  });
});
