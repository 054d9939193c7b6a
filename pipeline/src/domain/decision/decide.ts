/**
 * Rule and model together. Pure: with a verdict as the rules gave it, the opinions kept with it and the law profile, the
 * same decision comes out again, wherever and on whatever processor the model once ran.
 *
 *   rule         model                              stands
 *   infraction   at least holdFrom                  infraction
 *   infraction   below, or did not answer in time   undecided (model-doubts, model-late)
 *   undecided    at least what the profile asks     infraction
 *                to settle such a doubt
 *   undecided    anything else                      undecided
 *   clear        at least reviewFrom                undecided (model-suspects), but for emergency vehicles
 *   clear        below                              clear
 *
 * Both are the rule's own, and higher where the camera is not steady. Of rules it is not asked about (a red light, speed,
 * a seat) the ruling stands.
 */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type {
  EncounterVerdict,
  Finding,
  ModelOpinions,
  Opinion,
  Outcome,
  Reason,
} from '@wayside/contracts/verdict';

export type DecisionTerms = NonNullable<LawProfile['road']['decision']>;

export type Opinions = Omit<ModelOpinions, 'review'>;

/** What is asked of the model about one finding. */
export interface Asked {
  readonly holdFrom: number;
  readonly reviewFrom: number;
  /** How sure the model must be to settle a doubt of the rule; infinity where it may not. */
  readonly settlesFrom: (reason: Reason) => number;
}

type AskedRule = keyof DecisionTerms['rules'];
type Surety = Pick<DecisionTerms['rules'][AskedRule], 'holdFrom' | 'holdFromUnsteady'>;

type AskedFinding = Finding & { readonly rule: AskedRule };

const isAsked = (finding: Finding): finding is AskedFinding => finding.rule in INFRACTION_REASON;

/** How well a site is seen and known. */
export interface Sight {
  readonly positionSigmaMetres: number;
  readonly approaches: readonly { readonly lanes: readonly unknown[] }[];
}

/** Where nobody has drawn the lanes, whose lane somebody walked in is a guess. */
export const isSteady = (
  { positionSigmaMetres, approaches }: Sight,
  { steadyMetres }: DecisionTerms,
): boolean => positionSigmaMetres <= steadyMetres && approaches.every(({ lanes }) => lanes.length > 0);

export function askedOf(rule: AskedRule, steady: boolean, terms: DecisionTerms): Asked {
  const from = (sure: Surety | undefined): number =>
    (steady ? sure?.holdFrom : sure?.holdFromUnsteady) ?? Infinity;
  const { confirms, ...infraction } = terms.rules[rule];
  return {
    holdFrom: from(infraction),
    reviewFrom: terms.reviewFrom,
    settlesFrom: (reason) => from(confirms[reason]),
  };
}

/** @param verdict as the rules alone gave it. A profile without terms lets the rules stand. */
export function decide(
  verdict: EncounterVerdict,
  asked: Opinions,
  { road }: Pick<LawProfile, 'road'>,
): EncounterVerdict {
  const terms = road.decision;
  if (!terms) return verdict;
  const findings = verdict.findings.map((finding) => {
    if (!isAsked(finding)) return finding;
    const opinion = asked.opinions.find(({ rule }) => rule === finding.rule);
    return decideFinding(finding, opinion, askedOf(finding.rule, asked.steady, terms), road);
  });
  const { sha256, state, steady, opinions } = asked;
  const review = findings.some((finding) => asksForPerson(finding, asked, terms));
  return {
    ...verdict,
    findings,
    outcome: gravest(findings),
    model: { sha256, state, steady, opinions, review },
  };
}

/** How a ruling stands once the model was heard. */
export type Standing = 'as-ruled' | 'late' | 'doubted' | 'confirmed' | 'suspected';

/** The table above. @param probability undefined where the model did not answer in time. */
export function standing(
  { outcome, reason }: Pick<Finding, 'outcome' | 'reason'>,
  probability: number | undefined,
  asked: Asked,
): Standing {
  switch (outcome) {
    case 'infraction':
      if (probability === undefined) return 'late';
      return probability >= asked.holdFrom ? 'as-ruled' : 'doubted';
    case 'undecided':
      return (probability ?? 0) >= asked.settlesFrom(reason) ? 'confirmed' : 'as-ruled';
    case 'clear':
      // Blue lights are seen or not: the model looks at how somebody drove.
      if (reason === 'emergency-vehicle') return 'as-ruled';
      return (probability ?? 0) >= asked.reviewFrom ? 'suspected' : 'as-ruled';
  }
}

function decideFinding(
  finding: AskedFinding,
  opinion: Opinion | undefined,
  asked: Asked,
  road: LawProfile['road'],
): Finding {
  const { explanation } = finding;
  const to = (outcome: Outcome, reason: Reason, words: string): Finding =>
    changed(finding, road, { outcome, reason, explanation: `${explanation} ${words}` });
  const gives = opinion ? `the model gives ${percent(opinion.probability)}` : '';
  switch (standing(finding, opinion?.probability, asked)) {
    case 'as-ruled':
      return finding;
    case 'late':
      return to(
        'undecided',
        'model-late',
        'The model did not answer in time: nothing is held on the rule alone.',
      );
    case 'doubted':
      return to(
        'undecided',
        'model-doubts',
        `But ${gives}, where ${percent(asked.holdFrom)} is asked${because(opinion)}. A person must look.`,
      );
    case 'confirmed':
      return to(
        'infraction',
        INFRACTION_REASON[finding.rule],
        `Only a doubt about what was seen leaves it open; ${gives}, where ${percent(asked.settlesFrom(finding.reason))} is asked${because(opinion)}.`,
      );
    case 'suspected':
      return to(
        'undecided',
        'model-suspects',
        `But ${gives} for an infraction${because(opinion)}. A person must look.`,
      );
  }
}

const INFRACTION_REASON: Readonly<Record<AskedRule, Reason>> = {
  'fail-to-yield': 'went-ahead-of-pedestrian',
  'stop-on-crosswalk': 'stood-on-crosswalk',
  'overtake-at-crosswalk': 'overtook-stopped-vehicle',
};

function changed(
  finding: AskedFinding,
  road: LawProfile['road'],
  to: Pick<Finding, 'outcome' | 'reason' | 'explanation'>,
): Finding {
  const { outcome, reason, explanation } = finding;
  const ruled = { outcome, reason, explanation };
  return {
    ...finding,
    ...to,
    ruled,
    points: to.outcome === 'infraction' ? road.rules[finding.rule].points : 0,
  };
}

const percent = (probability: number): string => `${Math.round(100 * probability)} %`;

const MOST_NAMED = 2;

function because(opinion: Opinion | undefined): string {
  const named = (opinion?.influences ?? []).slice(0, MOST_NAMED).map(({ group, logOdds }) => {
    return `${group} (${logOdds > 0 ? '+' : '−'}${Math.abs(logOdds).toFixed(1)})`;
  });
  return named.length === 0 ? '' : `, moved most by: ${named.join(', ')}`;
}

/** What is left open and not plainly harmless. */
function asksForPerson(finding: Finding, asked: Opinions, terms: DecisionTerms): boolean {
  const { outcome, ruled, rule } = finding;
  if (outcome !== 'undecided') return false;
  if (!isAsked(finding)) return true;
  if (ruled || asked.state === 'late') return true;
  return (asked.opinions.find((one) => one.rule === rule)?.probability ?? 1) >= terms.reviewFrom;
}

const ORDER: readonly Outcome[] = ['infraction', 'undecided', 'clear'];
/** The graver the less. */
export const gravity = ({ outcome }: { readonly outcome: Outcome }): number => ORDER.indexOf(outcome);
const gravest = (findings: readonly Finding[]): Outcome =>
  ORDER.find((outcome) => findings.some((finding) => finding.outcome === outcome)) ?? 'clear';
