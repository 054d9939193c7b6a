/** `wayside standing`: how one account stands. The question is written down like every other. */
import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { askStanding, OFFICES, type Office, type StandingAnswer } from '../app/points/standing.ts';
import { openPointsHouse } from '../main/points.ts';
import type { CommandContext } from './context.ts';
import { CommandFailure } from './failure.ts';
import { withHouseAtRest } from './house-at-rest.ts';
import { instantOption } from './instant-option.ts';

interface StandingOptions {
  readonly account: string;
  readonly asOf?: number;
  readonly office: Office;
  readonly operator?: string;
  readonly by: string;
  readonly purpose: string;
  readonly data: string;
  readonly json?: true;
}

export function standingCommand({ terminal }: CommandContext): Command {
  return new Command('standing')
    .description('answer how one account stands; the question is authorised and written down')
    .requiredOption('--account <id>', 'the account, e.g. road:plate_…')
    .option('--as-of <moment>', 'how it stood then, by law as far as is known now', instantOption)
    .addOption(new Option('--office <office>', 'on whose behalf').choices([...OFFICES]).default('house'))
    .option('--operator <id>', 'whose tickets (ticket-office)')
    .option('--by <login>', 'who asks', userInfo().username)
    .option('--purpose <text>', 'what for', 'asked at the command line')
    .option('--data <dir>', 'the folder of the house (which must not be running)', '.wayside')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  wayside standing --account road:plate_… --as-of 2026-03-02
  wayside standing --account rail:ticket_… --office ticket-office --operator cr --by desk-4 --purpose "sale of G334"`,
    )
    .action(async (options: StandingOptions) => {
      const answer = await withHouseAtRest(options.data, (store) =>
        askStanding(openPointsHouse(store, Date.now), questionOf(options)),
      );
      if (options.json) terminal.json(answer);
      else terminal.result(inWords(answer));
      if (answer.kind === 'refused') throw new CommandFailure(`refused: ${answer.reason}`, 1);
    });
}

const questionOf = ({ account, asOf, office, operator, by, purpose }: StandingOptions) => ({
  account,
  asOfMs: asOf ?? Date.now(),
  office,
  askedBy: by,
  purpose,
  ...(operator !== undefined && { operator }),
});

function inWords(answer: StandingAnswer): string {
  switch (answer.kind) {
    case 'standing':
      return [
        `${answer.account} as of ${answer.asOf}, counting ${answer.counts} under ${answer.scheme}`,
        `  ${answer.available} points ${answer.counts === 'down' ? 'left' : 'standing'}; ${answer.posted} posted, ${answer.held} held`,
        `  licence: ${answer.licence}${answer.limitReached ? ' (the limit is reached)' : ''}`,
        ...answer.letters.map(({ letter, since }) => `  letter due: ${letter}, since ${since}`),
        ...answer.restrictions.map(
          ({ operator, from, until }) => `  no tickets of ${operator} from ${from} until ${until}`,
        ),
      ].join('\n');
    case 'purchase':
      return `${answer.account} as of ${answer.asOf}: ${answer.mayBuy ? 'may buy' : `may not buy until ${answer.until ?? ''}`}`;
    case 'unknown-account':
      return `nothing is known of ${answer.account}`;
    case 'refused':
      return `refused: ${answer.reason}`;
  }
}
