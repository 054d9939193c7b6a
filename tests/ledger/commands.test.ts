/** The commands about points, as their users call them, on a house that is at rest. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@wayside/pipeline/adapters/migrations';
import { openPgliteDatabase } from '@wayside/pipeline/adapters/pglite-database';
import { placeHolds } from '@wayside/pipeline/app/ledger/place-holds';
import { recordInfraction, testHouse } from '@wayside/pipeline/testing/case-house';
import { plate } from '@wayside/pipeline/testing/case-walk';
import { holdIdOf } from '@wayside/pipeline/domain/ledger/transfer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnWayside, temporaryFolder } from '../support/wayside.ts';

const folder = temporaryFolder('points');
const account = plate('cli-');
let infraction: string;

beforeAll(async () => {
  mkdirSync(folder.path, { recursive: true });
  const database = await openPgliteDatabase(join(folder.path, 'database'));
  await migrate(database);
  const house = testHouse(database, '2026-03-02T03:00:00Z');
  infraction = await recordInfraction(database, {
    name: 'cli',
    account,
    occurredAt: '2026-03-02T02:00:00Z',
    recordedAt: '2026-03-02T02:00:01Z',
  });
  const hold = {
    holdId: holdIdOf(infraction),
    infractionId: infraction,
    account,
    scheme: 'cn',
    points: 3,
    detectedAtMs: 0,
  };
  await database.transaction((tx) => placeHolds(tx, [hold], house.profileOf, house.nowMs));
  await database.close();
});
afterAll(() => folder.remove());

const run = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await spawnWayside([...args, '--data', folder.path]).finished;
  return { code, stdout, stderr };
};

describe('wayside standing', () => {
  it('tells how an account stood at a moment', async () => {
    const { code, stdout } = await run(
      'standing',
      '--account',
      account,
      '--as-of',
      '2026-03-02T12:00:00+08:00',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'standing',
      held: 3,
      posted: 0,
      available: 9,
      licence: 'good',
    });
  }, 240_000);

  it('refuses an office that has no business with the account', async () => {
    const asked = await run(
      'standing',
      '--account',
      account,
      '--office',
      'ticket-office',
      '--operator',
      'cr',
    );
    expect(asked.code).toBe(1);
  }, 240_000);
});

describe('wayside recompute and wayside reverse', () => {
  const batch = join(folder.path, 'back.json');

  it('list first, and write no batch in a dry run', async () => {
    const span = ['--from', '2026-03-01', '--to', '2026-04-01', '--batch', batch];
    const { code, stdout } = await run('recompute', '--profile', 'cn', ...span, '--dry-run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: { id: 'cn' },
      recorded: 1,
      forgotten: 1,
      touched: [],
    });
    expect(existsSync(batch)).toBe(false);
    expect((await run('recompute', '--profile', 'cn', '--rule-version', '1999-01-01', ...span)).code).toBe(2);
  }, 240_000);

  it('take back what the list says, once, after a dry run that changed nothing', async () => {
    const list = {
      schema: 'wayside.reversal-batch.v1',
      id: 'by-hand',
      reason: 'the line was painted anew',
      items: [{ infraction, back: 'all' }],
    };
    writeFileSync(batch, JSON.stringify(list));
    const reverse = async (...more: readonly string[]) => {
      const { code, stdout } = await run('reverse', '--batch', batch, '--by', 'zhao', '--json', ...more);
      expect(code).toBe(0);
      return (JSON.parse(stdout) as { readonly counts: object }).counts;
    };
    expect(await reverse('--dry-run')).toMatchObject({ released: 1 });
    expect(await reverse()).toMatchObject({ released: 1 });
    writeFileSync(batch, '{}');
    expect((await run('reverse', '--batch', batch, '--by', 'zhao')).code).toBe(2);
  }, 240_000);
});
