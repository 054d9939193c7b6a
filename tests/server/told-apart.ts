/**
 * What two houses that judged the same messages must have alike: every ruling, and every decision, infraction and transfer,
 * but those that the model was asked about too late in one of them. How long a batch waits for it is wall time (the law
 * profile's `deadlineMs`), so of those only the rulings are a function of the log: what is late goes to a person.
 */
import type { Database } from '@wayside/pipeline/app/database';
import type { Verdict } from '@wayside/contracts/verdict';

interface JudgedRow {
  readonly id: string;
  readonly body: Verdict;
}

export interface HouseRecord {
  readonly verdicts: readonly JudgedRow[];
  readonly infractions: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly account: string | null;
  }[];
  readonly transfers: readonly { readonly id: string; readonly account: string; readonly points: number }[];
}

export const recordOf = async (database: Database): Promise<HouseRecord> => ({
  verdicts: await database.query('SELECT id, body FROM verdict ORDER BY id'),
  infractions: await database.query('SELECT id, verdict_id AS verdict, account FROM infraction ORDER BY id'),
  transfers: await database.query('SELECT id, account, points FROM transfer ORDER BY id'),
});

/** The verdicts that the model was asked about too late, in either house. */
export const lateIn = (...houses: readonly HouseRecord[]): ReadonlySet<string> =>
  new Set(houses.flatMap(({ verdicts }) => verdicts.filter(isLate).map(({ id }) => id)));

const isLate = ({ body }: JudgedRow): boolean => body.kind === 'encounter' && body.model?.state === 'late';

/** What each must have of what the other has: equal, or one of them is wrong. */
export function alike(one: HouseRecord, other: HouseRecord): readonly [object, object] {
  const late = lateIn(one, other);
  const touched = new Set(
    [one, other].flatMap(({ infractions }) =>
      infractions.filter(({ verdict }) => late.has(verdict)).map(({ account }) => account),
    ),
  );
  const share = ({ verdicts, infractions, transfers }: HouseRecord): object => ({
    rulings: verdicts.map(rulingsOf),
    outcomes: verdicts.filter(({ id }) => !late.has(id)).map(({ id, body }) => `${id} ${body.outcome}`),
    infractions: infractions.filter(({ verdict }) => !late.has(verdict)),
    transfers: transfers.filter(({ account }) => !touched.has(account)),
  });
  return [share(one), share(other)];
}

/** As the rules gave it, before a model was asked. */
function rulingsOf({ id, body }: JudgedRow): string {
  const rulings = body.findings.map(({ rule, outcome, reason, ruled }) =>
    [rule, ruled?.outcome ?? outcome, ruled?.reason ?? reason].join(' '),
  );
  return [id, ...rulings].join('; ');
}
