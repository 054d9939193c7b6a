/** `wayside recompute`: whom another version of the rules would touch, and how. Changes nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { Command } from 'commander';
import type { Touched } from '../app/recompute/compare-record.ts';
import { recompute, type RecomputeReport } from '../app/recompute/recompute.ts';
import { parseProfile } from '../domain/law/profiles.ts';
import { loadProfileFiles } from '../main/profile-files.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { withHouseAtRest } from './house-at-rest.ts';
import { instantOption } from './instant-option.ts';

interface RecomputeOptions {
  readonly profile: string;
  readonly ruleVersion?: string;
  readonly from: number;
  readonly to: number;
  readonly site?: string;
  readonly batch?: string;
  readonly dryRun?: true;
  readonly data: string;
  readonly json?: true;
}

export function recomputeCommand({ terminal }: CommandContext): Command {
  return new Command('recompute')
    .description('judge the stored log again under other rules, and list whom that would touch')
    .requiredOption(
      '--profile <id|file>',
      'the rules: a law profile of this house, or a file with another version',
    )
    .option('--rule-version <version>', 'refuse to run unless the profile is of this version')
    .requiredOption('--from <moment>', 'infractions that occurred then or later', instantOption)
    .requiredOption('--to <moment>', 'and before', instantOption)
    .option('--site <id>', 'at this site only')
    .option('--batch <file>', 'write what is to be given back here, for `wayside reverse`')
    .option('--dry-run', 'write no batch either')
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  wayside recompute --profile cn --from 2026-03-01 --to 2026-04-01 --dry-run --json
  wayside recompute --profile cn-2026-10.json --rule-version 2026-10-01 --from 2026-03-01 --to 2026-04-01 --batch back.json
  wayside reverse --batch back.json --by li --dry-run`,
    )
    .action(async (options: RecomputeOptions) => {
      const report = await run(options, (text) => terminal.progress(text));
      terminal.endProgress();
      if (options.batch !== undefined && !options.dryRun)
        writeFileSync(options.batch, `${JSON.stringify(report.batch, null, 2)}\n`);
      if (options.json) terminal.json(report);
      else terminal.result(inWords(report));
    });
}

function run(options: RecomputeOptions, onProgress: (text: string) => void): Promise<RecomputeReport> {
  const { from: fromMs, to: toMs, site } = options;
  if (fromMs >= toMs) throw new CommandFailure('--from must be before --to', 2);
  const profile = profileOf(options);
  return withHouseAtRest(options.data, ({ database, profiles }) =>
    recompute(database, {
      profile,
      others: profiles,
      fromMs,
      toMs,
      onProgress,
      ...(site !== undefined && { site }),
    }),
  );
}

function profileOf({ profile: named, ruleVersion }: RecomputeOptions): LawProfile {
  const profile = existsSync(named) ? readProfile(named) : loadProfileFiles().find(({ id }) => id === named);
  if (!profile)
    throw new CommandFailure(`--profile: there is no law profile "${named}", and no file of that name`, 2);
  if (ruleVersion !== undefined && profile.version !== ruleVersion)
    throw new CommandFailure(`--rule-version: ${named} is of ${profile.version}, not of ${ruleVersion}`, 2);
  return profile;
}

function readProfile(path: string): LawProfile {
  const parsed = parseProfile(readFileSync(path, 'utf8'));
  if (parsed.ok) return parsed.profile;
  throw new CommandFailure(`${path} is no law profile:\n  ${parsed.faults.join('\n  ')}`, 2);
}

function inWords(report: RecomputeReport): string {
  const { profile, judge, recorded, forgotten, verdicts, touched, batch } = report;
  return [
    `${verdicts} verdicts came out again by ${judge} under ${profile.id} of ${profile.version}; ${recorded} infractions are recorded`,
    ...(forgotten > 0 ? [`${forgotten} of them cannot be judged again: their messages are forgotten`] : []),
    ...touched.map(line),
    `${touched.length} would be touched, ${batch.items.length} given back (batch ${batch.id}); nothing was changed`,
  ].join('\n');
}

const line = (t: Touched): string =>
  `  ${t.occurredAt}  ${t.site}  ${t.rule}  ${t.account ?? 'nobody'}  ${t.change}: ${t.pointsBefore} → ${t.pointsAfter} points (${t.state}; ${t.action})`;
