/**
 * Rule and model together. Pure: with a verdict as the rules gave it, the opinions kept with it and the law profile, the
 * same decision comes out again, wherever and on whatever processor the model once ran.
 *
 *   rule         model                              stands
 *   infraction   at least holdFrom                  infraction
 *   infraction   below, or did not answer in time   undecided (model-doubts, model-late)
 *   undecided    at least confirmFrom, and the      infraction
 *                doubt is one of measuring
 *   undecided    anything else                      undecided
 *   clear        at least reviewFrom                undecided (model-suspects)
 *   clear        below                              clear
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

/** @param verdict as the rules alone gave it. A profile without terms lets the rules stand. */
export function decide(
  verdict: EncounterVerdict,
  asked: Opinions,
  { road }: Pick<LawProfile, 'road'>,
): EncounterVerdict {
  const terms = road.decision;
  if (!terms) return verdict;
  const findings = verdict.findings.map((finding) => {
    const opinion = asked.opinions.find(({ rule }) => rule === finding.rule);
    return decideFinding(finding, opinion, terms, road);
  });
  const review = findings.some((finding) => asksForPerson(finding, asked, terms));
  return { ...verdict, findings, outcome: gravest(findings), model: { ...asked, review } };
}

/** How a ruling stands once the model was heard. */
export type Standing = 'as-ruled' | 'late' | 'doubted' | 'confirmed' | 'suspected';

/** The table above. @param probability undefined where the model did not answer in time. */
export function standing(
  { outcome, reason }: Pick<Finding, 'outcome' | 'reason'>,
  probability: number | undefined,
  terms: DecisionTerms,
): Standing {
  switch (outcome) {
    case 'infraction':
      if (probability === undefined) return 'late';
      return probability >= terms.holdFrom ? 'as-ruled' : 'doubted';
    case 'undecided':
      return (probability ?? 0) >= terms.confirmFrom && terms.confirms.includes(reason)
        ? 'confirmed'
        : 'as-ruled';
    case 'clear':
      return (probability ?? 0) >= terms.reviewFrom ? 'suspected' : 'as-ruled';
  }
}

function decideFinding(
  finding: Finding,
  opinion: Opinion | undefined,
  terms: DecisionTerms,
  road: LawProfile['road'],
): Finding {
  const { explanation } = finding;
  const to = (outcome: Outcome, reason: Reason, words: string): Finding =>
    changed(finding, road, { outcome, reason, explanation: `${explanation} ${words}` });
  const gives = opinion ? `the model gives ${percent(opinion.probability)}` : '';
  switch (standing(finding, opinion?.probability, terms)) {
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
        `But ${gives}, where ${percent(terms.holdFrom)} is asked${because(opinion)}. A person must look.`,
      );
    case 'confirmed':
      return to(
        'infraction',
        INFRACTION_REASON[finding.rule],
        `Only the margins of measurement leave it open; ${gives}, where ${percent(terms.confirmFrom)} is asked${because(opinion)}.`,
      );
    case 'suspected':
      return to(
        'undecided',
        'model-suspects',
        `But ${gives} for an infraction${because(opinion)}. A person must look.`,
      );
  }
}

const INFRACTION_REASON: Readonly<Record<Finding['rule'], Reason>> = {
  'fail-to-yield': 'went-ahead-of-pedestrian',
  'stop-on-crosswalk': 'stood-on-crosswalk',
  'overtake-at-crosswalk': 'overtook-stopped-vehicle',
  'seat-refusal': 'refused-anothers-seat',
};

function changed(
  finding: Finding,
  road: LawProfile['road'],
  to: Pick<Finding, 'outcome' | 'reason' | 'explanation'>,
): Finding {
  const { outcome, reason, explanation } = finding;
  const ruled = { outcome, reason, explanation };
  return { ...finding, ...to, ruled, points: pointsOf(to.outcome, finding, road) };
}

function pointsOf(outcome: Outcome, { rule }: Finding, { rules }: LawProfile['road']): number {
  return outcome === 'infraction' && rule !== 'seat-refusal' ? rules[rule].points : 0;
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
function asksForPerson({ outcome, ruled, rule }: Finding, asked: Opinions, terms: DecisionTerms): boolean {
  if (outcome !== 'undecided') return false;
  if (ruled || asked.state === 'late') return true;
  return (asked.opinions.find((one) => one.rule === rule)?.probability ?? 1) >= terms.reviewFrom;
}

const ORDER: readonly Outcome[] = ['infraction', 'undecided', 'clear'];
const gravest = (findings: readonly Finding[]): Outcome =>
  ORDER.find((outcome) => findings.some((finding) => finding.outcome === outcome)) ?? 'clear';
