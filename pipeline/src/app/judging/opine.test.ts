import { describe, expect, it } from 'vitest';
import type { Site } from '@wayside/contracts/site';
import type { Opinion } from '@wayside/contracts/verdict';
import type { DecisionTerms } from '../../domain/decision/decide.ts';
import { loadProfiles } from '../../domain/law/profiles.ts';
import type { JudgeEffect } from '../../domain/judge/effects.ts';
import { car, filmed, judgeFrames, sceneSite, walker } from '../../domain/judge/testing/scenes.ts';
import { textsIn } from '../../testing/law.ts';
import { createOpine, type OpinionModel } from './opine.ts';

const always = { holdFrom: 0.9, holdFromUnsteady: 0.97, confirms: {} };
const terms: DecisionTerms = {
  origins: ['camera', 'simulation'],
  steadyMetres: 5,
  rules: { 'fail-to-yield': always, 'stop-on-crosswalk': always, 'overtake-at-crosswalk': always },
  reviewFrom: 0.03,
  deadlineMs: 250,
  sources: ['test'],
};
const loaded = loadProfiles(textsIn('profiles'));
const profiles = (loaded.ok ? loaded.profiles : []).map((profile) => ({
  ...profile,
  road: { ...profile.road, decision: terms },
}));

const says = (probability: number): OpinionModel & { asked: number } => ({
  sha256: 'b'.repeat(64),
  asked: 0,
  opinionsOn(questions) {
    this.asked += questions.length;
    return questions.map((): Opinion[] => [{ rule: 'fail-to-yield', probability, influences: [] }]);
  },
});

/** A car that goes first, ahead of somebody on the crosswalk, as a site of this origin sees it. */
function wayTaken(origin: Site['origin']): JudgeEffect {
  const [profile] = profiles.filter(({ id }) => id === 'cn');
  if (!profile) throw new Error('no profile');
  const site = sceneSite({ origin });
  const settings = { profile, site };
  const [effect] = judgeFrames(filmed([car({}), walker({ since: -1.03 })], settings), settings);
  if (!effect) throw new Error('no encounter');
  return effect;
}

const outcomes = (effects: readonly JudgeEffect[]): readonly string[] =>
  effects.map((effect) => (effect.kind === 'encounter' ? effect.verdict.outcome : effect.kind));

describe('asking the model', () => {
  const effect = wayTaken('camera');

  it('lets an infraction stand that the model is sure of, and no other', () => {
    const sure = createOpine({ model: says(0.99), profiles, clock: () => 0 });
    const doubts = createOpine({ model: says(0.3), profiles, clock: () => 0 });
    expect(outcomes([effect])).toEqual(['infraction']);
    expect(outcomes(sure([effect]))).toEqual(['infraction']);
    expect(outcomes(doubts([effect]))).toEqual(['undecided']);
  });

  it('keeps everything in its order and leaves what is no encounter alone', () => {
    const late: JudgeEffect = { kind: 'unusable', offset: 4, reason: 'late' };
    const opine = createOpine({ model: says(0.3), profiles, clock: () => 0 });
    expect(outcomes(opine([late, effect, late]))).toEqual(['unusable', 'undecided', 'unusable']);
  });

  it('stops asking at the deadline, and holds nothing that was not asked about', () => {
    let now = 0;
    const model = says(0.99);
    const slow: OpinionModel = {
      sha256: model.sha256,
      opinionsOn: (questions) => {
        now += 1_000;
        return model.opinionsOn(questions);
      },
    };
    const decided = createOpine({ model: slow, profiles, clock: () => now })(
      Array.from({ length: 50 }, () => effect),
    );
    expect(outcomes(decided).filter((outcome) => outcome === 'infraction')).toHaveLength(32);
    const last = decided.at(-1);
    expect(last?.kind === 'encounter' && last.verdict.model?.state).toBe('late');
    expect(last?.kind === 'encounter' && last.verdict.findings[0]?.reason).toBe('model-late');
    expect(now).toBe(1_000);
  });

  it('asks about what the rules accuse first, wherever it stands in the batch', () => {
    let now = 0;
    const sure = says(0.99);
    const slow: OpinionModel = {
      sha256: sure.sha256,
      opinionsOn: (questions) => {
        now += 1_000;
        return sure.opinionsOn(questions);
      },
    };
    const found = effect.kind === 'encounter' ? effect : undefined;
    if (!found) throw new Error('no encounter');
    const findings = found.verdict.findings.map((one) => ({ ...one, outcome: 'clear' as const }));
    const clear: JudgeEffect = { ...found, verdict: { ...found.verdict, outcome: 'clear', findings } };
    const batch = [...Array.from({ length: 40 }, () => clear), effect];
    const decided = createOpine({ model: slow, profiles, clock: () => now })(batch);
    expect(outcomes(decided).at(-1)).toBe('infraction');
    // Of whom nobody asked in time: nobody is accused, and a suspicion that might have been is not raised.
    expect(outcomes(decided).filter((outcome) => outcome === 'clear')).toHaveLength(9);
    expect(outcomes(decided).filter((outcome) => outcome === 'undecided')).toHaveLength(31);
  });

  it('does not ask about recordings, which stand on the rules alone', () => {
    const model = says(0.01);
    const opine = createOpine({ model, profiles, clock: () => 0 });
    expect(outcomes(opine([wayTaken('recording')]))).toEqual(['infraction']);
    expect(model.asked).toBe(0);
  });
});
