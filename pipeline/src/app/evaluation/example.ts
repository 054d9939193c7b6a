/** A judged encounter as training and evaluation take it: what the model is shown, what the rule said, what was true. */
import type { FootageEncounter } from '@wayside/contracts/footage';
import type { LawProfile, YieldGeometry } from '@wayside/contracts/law-profile';
import type { Finding } from '@wayside/contracts/verdict';
import { encounterFeatures } from '@wayside/models/features/encounter-features';
import { byRule, type ScoredRule } from '@wayside/models/model/rules';
import type { Sight } from '../../domain/decision/decide.ts';
import type { JudgedEncounter, JudgedScene } from './judge-footage.ts';

export interface Example {
  /** No two streets share one: what splits are made by. */
  readonly scene: string;
  readonly severity: string;
  readonly layout: string;
  readonly light: string;
  readonly geometry: YieldGeometry;
  /** The encounter as it really was; verdicts about one vehicle share it. */
  readonly encounter: string;
  /** Of the account that a hold would fall on, whether it is the vehicle's own. */
  readonly plate: 'right' | 'wrong' | 'none';
  readonly ruled: Readonly<Record<ScoredRule, Pick<Finding, 'outcome' | 'reason'> | undefined>>;
  readonly guilty: Readonly<Record<ScoredRule, boolean>>;
  /** Whether the passage shows the vehicle on the crosswalk: what was cut off before tells nothing. */
  readonly whole: boolean;
  readonly sight: Sight;
  readonly bothInZone: boolean;
  readonly features: Float32Array;
}

export function examplesOf(
  { scene, judged }: JudgedScene,
  thresholds: LawProfile['road']['thresholds'],
): readonly Example[] {
  const name = sceneName(scene);
  return judged.flatMap((one): Example[] => {
    const { effect, geometry, vehicle, truth } = one;
    const { verdict, site, tracks } = effect;
    const features = encounterFeatures({ verdict, site, tracks, thresholds });
    if (!features) return [];
    return [
      {
        scene: name,
        severity: scene.severity,
        layout: scene.layout,
        light: scene.light ?? 'day',
        geometry,
        encounter: vehicle ?? `phantom ${verdict.id}`,
        plate: plateOf(one),
        ruled: byRule((rule) => rulingOf(verdict.findings, rule)),
        guilty: byRule((rule) => truth !== undefined && isGuilty(truth, rule, geometry)),
        sight: { positionSigmaMetres: site.positionSigmaMetres, approaches: site.approaches },
        whole: verdict.moments.entryMs !== undefined,
        bothInZone: bothInZone(verdict.findings),
        features,
      },
    ];
  });
}

/** No two streets share one. */
export const sceneName = ({ seed, site, severity, light = 'day' }: JudgedScene['scene']): string =>
  `${seed}/${site.id}/${severity}${light === 'day' ? '' : `/${light}`}`;

export function isGuilty(truth: FootageEncounter, rule: ScoredRule, geometry: YieldGeometry): boolean {
  switch (rule) {
    case 'fail-to-yield':
      return truth.failToYield[geometry] === 'infraction';
    case 'stop-on-crosswalk':
      return truth.stopOnCrosswalk.outcome === 'infraction';
    case 'overtake-at-crosswalk':
      return truth.overtakeAtCrosswalk.outcome === 'infraction';
  }
}

function rulingOf(findings: readonly Finding[], rule: ScoredRule): Example['ruled'][ScoredRule] {
  const finding = findings.find((one) => one.rule === rule);
  return finding && { outcome: finding.outcome, reason: finding.reason };
}

function plateOf({ effect, truth }: JudgedEncounter): Example['plate'] {
  const { plate } = effect.verdict.vehicle;
  if (plate === undefined) return 'none';
  return truth === undefined || truth.plate === plate ? 'right' : 'wrong';
}

/** What most open-source detectors ask: a vehicle and a pedestrian on the crosswalk at the same time, or nearly. */
function bothInZone(findings: readonly Finding[]): boolean {
  const yielding = findings.find(({ rule }) => rule === 'fail-to-yield');
  if (yielding?.measures.entrySpeedMps === undefined) return false;
  return (yielding.measures.petSeconds ?? Infinity) < 3;
}
