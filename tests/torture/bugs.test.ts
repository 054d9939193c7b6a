/**
 * The checker is proved by what it catches: the whole server profile runs with a bug that somebody could make, made on
 * purpose; and once without, or being caught would prove nothing.
 */
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/wayside.ts';
import type { FindingKind } from './check/finding.ts';
import { missingEngines } from './house/ground.ts';
import type { TortureResult } from './result.ts';
import type { BugName } from './sabotage/bugs.ts';
import type { TortureOptions } from './torture-options.ts';
import { torture } from './torture.ts';

/** `npm run test:server` sets it; the whole profile is too much for every run of the tests. */
const asked = process.env['WAYSIDE_TEST_PG'] !== undefined;
const missing = asked ? missingEngines() : ['npm run test:server'];
const SKIPPED = missing.length === 0 ? '' : ` (SKIPPED: ${missing.join(', ')})`;

type Faults = Pick<TortureOptions, 'only' | 'hurt' | 'cut' | 'gapMs'> & { readonly lengthMs?: number };

interface Case {
  readonly bug: BugName;
  readonly faults: Faults;
  readonly caughtAs: readonly FindingKind[];
}

const CASES: readonly Case[] = [
  {
    bug: 'no-unique-key',
    faults: { only: ['bare duplicates'], gapMs: 2_000 },
    caughtAs: ['doubled'],
  },
  {
    bug: 'puback-before-append',
    faults: {
      only: ['part kill', 'bare duplicates'],
      hurt: ['intake-1', 'intake-2', 'house-raw'],
      gapMs: 4_000,
    },
    caughtAs: ['lost'],
  },
  {
    bug: 'offset-before-record',
    faults: { only: ['part crash-point', 'bare duplicates'], hurt: ['judge', 'house-raw'], gapMs: 3_000 },
    caughtAs: ['lost', 'not-conserved'],
  },
  {
    bug: 'sweeper-off',
    faults: { only: ['bare duplicates'], cut: ['judge-1 redis', 'judge-2 redis'], gapMs: 3_000 },
    caughtAs: ['never-held'],
  },
  {
    bug: 'no-epoch-fence',
    // a judge must be stopped in the midst of a batch, and for longer than its lease: one pause in twenty or so
    faults: {
      only: ['part pause', 'bare duplicates'],
      hurt: ['judge', 'house-raw'],
      gapMs: 1_500,
      lengthMs: 120_000,
    },
    caughtAs: ['not-conserved'],
  },
];

async function run(faults: Faults, bug?: BugName): Promise<TortureResult> {
  const folder = temporaryFolder('torture');
  try {
    return await torture({
      profile: 'server',
      seed: 5,
      folder: folder.path,
      bug,
      lengthMs: 40_000,
      drainMs: 105_000,
      cameras: 3,
      handhelds: 2,
      everyMs: 250,
      onProgress: () => undefined,
      ...faults,
    });
  } finally {
    folder.remove();
  }
}

describe.skipIf(missing.length > 0)(`the breaker${SKIPPED}`, () => {
  it('finds nothing in a house without a bug, however it is hurt', async () => {
    const hurt = CASES.flatMap(({ faults }) => faults.only ?? []);
    const result = await run({ only: hurt, cut: ['judge-1 redis'], gapMs: 2_500 });
    expect(result).toMatchObject({ verdict: 'pass', examples: [] });
    expect(result.redelivered).toBeGreaterThan(0);
  }, 450_000);

  it.each(CASES)(
    'catches $bug',
    async ({ bug, faults, caughtAs }) => {
      const { verdict, findings, examples, faultsByKind } = await run(faults, bug);
      expect(['fail', 'unknown'], JSON.stringify({ findings, faultsByKind })).toContain(verdict);
      for (const kind of caughtAs) expect(findings[kind], examples.join('\n')).toBeGreaterThan(0);
      process.stdout.write(`${bug}: ${verdict}, ${JSON.stringify(findings)}\n`);
    },
    330_000,
  );
});
