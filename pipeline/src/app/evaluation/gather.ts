/** Reads the footage of a run, and gathers its examples and truths. */
import type { FootageLine } from '@wayside/contracts/footage';
import type { LawProfile, YieldGeometry } from '@wayside/contracts/law-profile';
import { examplesOf, sceneName, type Example } from './example.ts';
import { footageJudge, type JudgedScene } from './judge-footage.ts';
import type { StreetTruths } from './outcomes.ts';

export interface FootageRun {
  readonly seed: number;
  readonly severity: string;
  readonly light: string;
  readonly sites: number;
  readonly seconds: number;
  /** Share of drivers who do not do what they owe; undefined: as the street draws it, around a fifth. */
  readonly lawless: number | undefined;
  /** Share of crosswalks whose lanes nobody drew. */
  readonly unsurveyed: number;
  readonly geometries: readonly YieldGeometry[];
}

/** Plays a run, calling back for each line in order. @throws where the footage could not be made whole. */
export type PlayFootage = (run: FootageRun, onLine: (line: FootageLine) => void) => Promise<void>;

export interface Gathered {
  readonly examples: readonly Example[];
  readonly streets: readonly StreetTruths[];
}

/** Plays and judges one run. */
export async function gatherRun(run: FootageRun, profile: LawProfile, play: PlayFootage): Promise<Gathered> {
  const examples: Example[] = [];
  const streets: StreetTruths[] = [];
  const keep = (scene: JudgedScene | undefined): void => {
    if (!scene) return;
    examples.push(...examplesOf(scene, profile.road.thresholds));
    streets.push(truthsOf(scene));
  };
  const judge = footageJudge(profile, run.geometries);
  await play(run, (line) => {
    keep(judge.take(line));
  });
  keep(judge.end());
  return { examples, streets };
}

const truthsOf = ({ scene, geometries, truths }: JudgedScene): StreetTruths => ({
  scene: sceneName(scene),
  severity: scene.severity,
  layout: scene.layout,
  light: scene.light ?? 'day',
  geometries,
  truths,
});
