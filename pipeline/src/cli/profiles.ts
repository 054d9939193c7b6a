/** `wayside profiles [ID]`: the law profiles this house knows, each value with its source. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { Command } from 'commander';
import { loadProfileFiles } from '../main/profile-files.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';

export function profilesCommand({ terminal }: CommandContext): Command {
  return new Command('profiles')
    .description('list the law profiles, or show one with its sources')
    .argument('[id]', 'the profile to show, e.g. cn')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wayside profiles\n  wayside profiles cn\n  wayside profiles uk --json',
    )
    .action((id: string | undefined, options: { json?: true }) => {
      const profiles = loadProfileFiles();
      const chosen = id === undefined ? profiles : profiles.filter((profile) => profile.id === id);
      if (chosen.length === 0)
        throw new CommandFailure(
          `there is no profile "${id ?? ''}"; there are: ${profiles.map((p) => p.id).join(', ')}`,
          2,
        );
      if (options.json) terminal.json(id === undefined ? chosen : chosen[0]);
      else
        terminal.result(
          chosen.map((profile) => (id === undefined ? line(profile) : page(profile))).join('\n'),
        );
    });
}

const line = (profile: LawProfile): string =>
  `${profile.id.padEnd(8)} ${profile.version}  ${profile.title}${profile.reviewedBy === null ? '  (not reviewed by a lawyer)' : ''}`;

function page(profile: LawProfile): string {
  const { road, rail, appeal } = profile;
  const { sources: basis, ...thresholds } = road.thresholds;
  const terms = Object.entries({ ...road.rules, ...rail.rules });
  return [
    `${profile.title} (${profile.id}, ${profile.version})`,
    `reviewed by: ${profile.reviewedBy ?? 'nobody yet: a starting point, not legal advice'}`,
    '',
    `road account counts ${road.account.counts} from ${road.account.initial}, limit ${road.account.limit}${cited(road.account.sources)}`,
    `way is owed: ${road.yield.geometry}, to who is ${OWED_TO[road.yield.owedTo]}${cited(road.yield.sources)}`,
    ...terms.map(([rule, { points, sources }]) => `${rule}: ${inPoints(points)}${cited(sources)}`),
    `appeal: ${appeal.days} ${appeal.dayKind} days${appeal.lastDayRollsOn ? ', a last day off rolls on' : ''}${cited(appeal.sources)}`,
    '',
    `thresholds${cited(basis)}`,
    ...Object.entries(thresholds).map(([name, value]) => `  ${name}: ${value}`),
    '',
    'sources',
    ...profile.sources.map((s) => `  ${s.id}: ${s.title}${s.clause ? `, ${s.clause}` : ''} (${s.standing})`),
  ].join('\n');
}

const OWED_TO = {
  'on-crosswalk': 'on the crosswalk',
  'on-or-about-to-cross': 'on the crosswalk or about to cross',
} as const satisfies Record<LawProfile['road']['yield']['owedTo'], string>;

const cited = (sources: readonly string[]): string => `  [${sources.join(', ')}]`;

function inPoints(points: number): string {
  if (points === 0) return 'recorded, no points';
  return points === 1 ? '1 point' : `${points} points`;
}
