/**
 * Judges the whole stored log again with a fresh judge and compares every verdict with the one recorded. Verdicts of
 * another version of the judge, or of a law profile that is not at hand, cannot be judged again and are only counted.
 */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { countObservations } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';
import type { JudgeContext, JudgeEffect } from '../../domain/judge/effects.ts';
import { initialJudgeState, judge, JUDGE_VERSION } from '../../domain/judge/judge.ts';
import type { Queryable } from '../database.ts';
import { equalCheck, FaultList, type Check } from './check.ts';
import { compareVerdicts, type RejudgedVerdict } from './compare-verdicts.ts';
import { judgedPages, judgedPartitions, type JudgedPartition, type StoredMessage } from './log-pages.ts';

interface Tally {
  observations: number;
  late: number;
  same: number;
  readonly faults: FaultList;
}

/** @param fallbacks the house's default profiles there may have been; each is tried for what was judged under it. */
export async function rejudgeChecks(
  database: Queryable,
  profiles: readonly LawProfile[],
  onProgress: (text: string) => void,
): Promise<readonly Check[]> {
  const contexts = await contextsOf(database, profiles);
  const tally: Tally = { observations: 0, late: 0, same: 0, faults: new FaultList('verdicts: judged again') };
  const partitions = await judgedPartitions(database);
  for (const partition of partitions)
    await rejudge(database, partition, { contexts, profiles }, tally, onProgress);
  const whole = partitions.every(({ first }) => first === 1);
  return [
    tally.faults.check(`${tally.same} verdicts came out the same from the stored log`),
    ...(whole ? await totals(database, profiles, tally) : []),
  ];
}

async function rejudge(
  database: Queryable,
  partition: JudgedPartition,
  {
    contexts,
    profiles,
  }: { readonly contexts: readonly JudgeContext[]; readonly profiles: readonly LawProfile[] },
  tally: Tally,
  onProgress: (text: string) => void,
): Promise<void> {
  const judges = contexts.map((context) => ({ context, state: initialJudgeState() }));
  for await (const page of judgedPages(database, partition)) {
    const effects = judges.map(({ context, state }) => page.flatMap((input) => judge(state, input, context)));
    countPage(page, effects[0] ?? [], tally);
    const verdicts = effects.flat().flatMap(rejudged);
    tally.same += await compareVerdicts(database, partition, verdicts, profiles, tally.faults);
    onProgress(`verdicts: partition ${partition.partition} judged again up to ${page.at(-1)?.offset ?? 0}`);
  }
}

function countPage(page: readonly StoredMessage[], effects: readonly JudgeEffect[], tally: Tally): void {
  for (const { message } of page)
    if (message.type === 'org.wayside.observations.v1') tally.observations += countObservations(message.data);
  for (const effect of effects) if (effect.kind === 'unusable' && effect.reason === 'late') tally.late += 1;
}

const rejudged = (effect: JudgeEffect): readonly RejudgedVerdict[] =>
  effect.kind === 'unusable' ? [] : [{ verdict: effect.verdict, offset: effect.completedBy.offset }];

/** What stands in the record must all have come out again, and the counters of the judge with it. */
async function totals(
  database: Queryable,
  profiles: readonly LawProfile[],
  tally: Tally,
): Promise<readonly Check[]> {
  const [row] = await database.query<{
    readonly comparable: number;
    readonly others: number;
    readonly observations: number | null;
    readonly late: number | null;
  }>(
    `WITH v AS (
       SELECT body ->> 'judge' = $1 AND (profile || '@' || profile_version) = ANY($2::text[]) AS comparable FROM verdict)
     SELECT count(*) FILTER (WHERE comparable) AS comparable, count(*) FILTER (WHERE NOT comparable) AS others,
       (SELECT value FROM counter WHERE name = 'judge.observations') AS observations,
       (SELECT value FROM counter WHERE name = 'judge.late') AS late
     FROM v`,
    [JUDGE_VERSION, profiles.map(({ id, version }) => `${id}@${version}`)],
  );
  const { comparable = 0, others = 0, observations, late } = row ?? {};
  const aside = others > 0 ? ` (${others} of another judge or profile version not judged again)` : '';
  return [
    equalCheck('verdicts: complete', comparable, tally.same, `verdicts of the record came out again${aside}`),
    equalCheck('counter judge.observations', tally.observations, observations ?? 0, 'counted'),
    equalCheck('counter judge.late', tally.late, late ?? 0, 'counted'),
  ];
}

/** One context a default profile that verdicts were recorded under: which one was in force when, nobody wrote down. */
async function contextsOf(
  database: Queryable,
  profiles: readonly LawProfile[],
): Promise<readonly JudgeContext[]> {
  const used = await database.query<{ readonly profile: string }>('SELECT DISTINCT profile FROM verdict');
  const recorded = profiles.filter(({ id }) => used.some(({ profile }) => profile === id));
  const sites = await sitesByRef(database);
  return (recorded.length > 0 ? recorded : profiles.slice(0, 1)).map((fallback) => ({
    site: ({ id, version }) => sites.get(`${id}@${version}`),
    profile: (jurisdiction) => profiles.find(({ id }) => id === jurisdiction) ?? fallback,
  }));
}

async function sitesByRef(database: Queryable): Promise<ReadonlyMap<string, Site>> {
  const rows = await database.query<{ readonly version: string; readonly body: Site }>(
    'SELECT version, body FROM site_version',
  );
  return new Map(rows.map(({ version, body }) => [`${body.id}@${version}`, body]));
}
