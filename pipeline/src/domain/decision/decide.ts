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

/** The verdict as the rules alone gave it, from one that was decided. */
export function undecide(verdict: EncounterVerdict, { road }: Pick<LawProfile, 'road'>): EncounterVerdict {
  const { model, ...rest } = verdict;
  if (!model) return verdict;
  const findings = verdict.findings.map((finding): Finding => {
    const { ruled, ...plain } = finding;
    if (!ruled) return finding;
    return { ...plain, ...ruled, points: pointsOf(ruled.outcome, finding, road) };
  });
  return { ...rest, findings, outcome: gravest(findings) };
}

function decideFinding(
  finding: Finding,
  opinion: Opinion | undefined,
  terms: DecisionTerms,
  road: LawProfile['road'],
): Finding {
  switch (finding.outcome) {
    case 'infraction':
      return decideInfraction(finding, opinion, terms, road);
    case 'undecided':
      return decideUndecided(finding, opinion, terms, road);
    case 'clear':
      return opinion && opinion.probability >= terms.reviewFrom
        ? changed(finding, road, {
            outcome: 'undecided',
            reason: 'model-suspects',
            explanation: `${finding.explanation} But the model gives ${percent(opinion)} for an infraction${because(opinion)}. A person must look.`,
          })
        : finding;
  }
}

function decideInfraction(
  finding: Finding,
  opinion: Opinion | undefined,
  terms: DecisionTerms,
  road: LawProfile['road'],
): Finding {
  if (!opinion)
    return changed(finding, road, {
      outcome: 'undecided',
      reason: 'model-late',
      explanation: `${finding.explanation} The model did not answer in time, and nothing is held on the rule alone.`,
    });
  if (opinion.probability >= terms.holdFrom) return finding;
  return changed(finding, road, {
    outcome: 'undecided',
    reason: 'model-doubts',
    explanation:
      `${finding.explanation} But the model gives only ${percent(opinion)} for it, where ` +
      `${Math.round(100 * terms.holdFrom)} % is asked${because(opinion)}. A person must look.`,
  });
}

function decideUndecided(
  finding: Finding,
  opinion: Opinion | undefined,
  terms: DecisionTerms,
  road: LawProfile['road'],
): Finding {
  if (!opinion || opinion.probability < terms.confirmFrom || !terms.confirms.includes(finding.reason))
    return finding;
  const reason = INFRACTION_REASON[finding.rule];
  return changed(finding, road, {
    outcome: 'infraction',
    reason,
    explanation:
      `${finding.explanation} The rule leaves it open by its margins of measurement alone; the model gives ` +
      `${percent(opinion)}, where ${Math.round(100 * terms.confirmFrom)} % is asked${because(opinion)}.`,
  });
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

const percent = ({ probability }: Opinion): string => `${Math.round(100 * probability)} %`;

const MOST_NAMED = 2;

function because({ influences }: Opinion): string {
  const named = influences.slice(0, MOST_NAMED).map(({ group, logOdds }) => {
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
