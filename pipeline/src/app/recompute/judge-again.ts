/** Judges the stored log again, and gives the infractions that come out of it now. Only reads. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { Infraction } from '@wayside/contracts/infraction';
import type { JudgeContext, JudgeEffect } from '../../domain/judge/effects.ts';
import { initialJudgeState, judge } from '../../domain/judge/judge.ts';
import type { Queryable } from '../database.ts';
import { decideAgain, recordedVerdicts } from '../judging/decide-again.ts';
import { infractionsOf, type VerdictEffect } from '../record/infractions.ts';
import { judgedPages, judgedPartitions, type JudgedPartition } from '../verify/log-pages.ts';

export interface TimeSpan {
  readonly fromMs: number;
  /** The first moment that is no longer in it. */
  readonly toMs: number;
}

export interface JudgedAgain {
  /** By id; ids are derived from content, so the same finding has the same id under every version of the rules. */
  readonly infractions: ReadonlyMap<string, Infraction>;
  /** Verdicts in the span that came out, whatever their outcome. */
  readonly verdicts: number;
  /** Whether the log still holds what a verdict was made of. */
  readonly covers: (partition: number, offset: number) => boolean;
}

/** Where the beginning of the log is no longer kept, what is this close to the cut may have begun before it. */
const CUT_MARGIN_OFFSETS = 1_000;

/** @param profiles the rules to judge under: the first is that of sites that name none. */
export async function judgeAgain(
  database: Queryable,
  profiles: readonly [LawProfile, ...LawProfile[]],
  span: TimeSpan,
  onProgress: (text: string) => void = () => undefined,
): Promise<JudgedAgain> {
  const context = await contextOf(database, profiles);
  const partitions = await judgedPartitions(database);
  const infractions = new Map<string, Infraction>();
  let verdicts = 0;
  for (const partition of partitions)
    for await (const effects of effectsOf(database, partition, context, onProgress)) {
      const inSpan = effects.flatMap((effect) => verdictIn(effect, span));
      verdicts += inSpan.length;
      const decided = await decidedAgain(database, inSpan, profiles);
      const found = decided.flatMap((effect) => infractionsOf(effect, 0));
      for (const { infraction } of found) infractions.set(infraction.id, infraction);
    }
  const first = new Map(partitions.map((one) => [one.partition, one.first]));
  return {
    infractions,
    verdicts,
    covers: (partition, offset) => {
      const from = first.get(partition);
      return from !== undefined && (from === 1 || offset >= from + CUT_MARGIN_OFFSETS);
    },
  };
}

/** With the opinions the model gave then: what it would say today is no mistake of then. */
async function decidedAgain(
  database: Queryable,
  effects: readonly VerdictEffect[],
  profiles: readonly LawProfile[],
): Promise<readonly VerdictEffect[]> {
  const recorded = await recordedVerdicts(
    database,
    effects.map(({ verdict }) => verdict.id),
  );
  return effects.map((effect): VerdictEffect => {
    if (effect.kind !== 'encounter') return effect;
    const verdict = decideAgain(effect.verdict, recorded.get(effect.verdict.id), profiles);
    return verdict.kind === 'encounter' ? { ...effect, verdict } : effect;
  });
}

function verdictIn(effect: JudgeEffect, { fromMs, toMs }: TimeSpan): readonly VerdictEffect[] {
  if (effect.kind === 'unusable') return [];
  const { occurredAtMs } = effect.verdict;
  return occurredAtMs >= fromMs && occurredAtMs < toMs ? [effect] : [];
}

async function* effectsOf(
  database: Queryable,
  partition: JudgedPartition,
  context: JudgeContext,
  onProgress: (text: string) => void,
): AsyncGenerator<readonly JudgeEffect[]> {
  const state = initialJudgeState();
  for await (const page of judgedPages(database, partition)) {
    yield page.flatMap((input) => judge(state, input, context));
    onProgress(`partition ${partition.partition} judged again up to ${page.at(-1)?.offset ?? 0}`);
  }
}

async function contextOf(
  database: Queryable,
  profiles: readonly [LawProfile, ...LawProfile[]],
): Promise<JudgeContext> {
  const rows = await database.query<{ readonly version: string; readonly body: Site }>(
    'SELECT version, body FROM site_version',
  );
  const sites = new Map(rows.map(({ version, body }) => [`${body.id}@${version}`, body]));
  return {
    site: ({ id, version }) => sites.get(`${id}@${version}`),
    profile: (jurisdiction) => profiles.find(({ id }) => id === jurisdiction) ?? profiles[0],
  };
}
