/** Asks the model about what the rules found, and decides. The judge never waits longer than the profile's deadline. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Site } from '@wayside/contracts/site';
import type { EncounterVerdict, Opinion, TrackSegment } from '@wayside/contracts/verdict';
import { decide, gravity, isSteady } from '../../domain/decision/decide.ts';
import type { JudgeEffect } from '../../domain/judge/effects.ts';
import type { Clock } from '../clock.ts';

export interface Question {
  readonly verdict: EncounterVerdict;
  readonly site: Site;
  readonly tracks: readonly TrackSegment[];
  readonly thresholds: LawProfile['road']['thresholds'];
}

/** What knows how sure a camera can be. */
export interface OpinionModel {
  readonly sha256: string;
  /** Answers some questions at once: one list of opinions a question, in order. Must not throw. */
  readonly opinionsOn: (questions: readonly Question[]) => readonly (readonly Opinion[])[];
}

/**
 * Gives every encounter of a batch the decision of rule and model together. What the rules accuse is asked about first, so
 * that a deadline that passes in a large batch (a judge that catches up) passes for what they found nothing in.
 */
export type Opine = (effects: readonly JudgeEffect[]) => readonly JudgeEffect[];

export interface OpineParts {
  readonly model: OpinionModel;
  readonly profiles: readonly LawProfile[];
  /** Milliseconds, never going back. */
  readonly clock: Clock;
}

/** Asked about at once: some 5 ms of work, after which the deadline is looked at. */
const CHUNK = 32;

export function createOpine({ model, profiles, clock }: OpineParts): Opine {
  const profileOf = ({ profile }: EncounterVerdict): LawProfile | undefined =>
    profiles.find(({ id, version }) => id === profile.id && version === profile.version);
  return (effects) => {
    const startedAtMs = clock();
    const decided = [...effects];
    const open = effects.flatMap((effect, at) => {
      if (effect.kind !== 'encounter') return [];
      const profile = profileOf(effect.verdict);
      const terms = profile?.road.decision;
      return profile && terms?.origins.includes(effect.site.origin) ? [{ at, effect, profile, terms }] : [];
    });
    open.sort((a, b) => gravity(a.effect.verdict) - gravity(b.effect.verdict));
    for (let from = 0; from < open.length; from += CHUNK) {
      const waitedMs = clock() - startedAtMs;
      const chunk = open.slice(from, from + CHUNK);
      const inTime = chunk.filter(({ terms }) => waitedMs < terms.deadlineMs);
      const questions = inTime.map(({ effect, profile }) => ({
        ...effect,
        thresholds: profile.road.thresholds,
      }));
      const answers = questions.length === 0 ? [] : model.opinionsOn(questions);
      for (const { at, effect, profile, terms } of chunk) {
        const late = waitedMs >= terms.deadlineMs;
        const opinions = late ? [] : [...(answers[inTime.findIndex((one) => one.at === at)] ?? [])];
        const steady = isSteady(effect.site, terms);
        const state = late ? ('late' as const) : ('scored' as const);
        const asked = { sha256: model.sha256, state, steady, opinions };
        decided[at] = { ...effect, verdict: decide(effect.verdict, asked, profile) };
      }
    }
    return decided;
  };
}
