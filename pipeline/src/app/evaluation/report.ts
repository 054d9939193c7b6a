/** The evaluation as a page of Markdown with its plots beside, and as an object for machines. */
import type { Share } from '@wayside/models/metrics/metrics';
import { figuresOf, reliabilityOf, type Figures, type Slice } from './measure.ts';
import { DECIDERS, type Decider, type EncounterOutcome } from './outcomes.ts';
import { reliabilityPlot, sharesPlot } from './plots.ts';

export interface EvaluationReport {
  readonly model: string;
  /** Failing to yield, by severity. */
  readonly overall: readonly Slice[];
  /** All rules together, by severity. */
  readonly together: readonly Slice[];
  readonly slices: Readonly<Record<string, readonly Slice[]>>;
}

const SLICED_BY = {
  'severity and geometry': (one: EncounterOutcome) => `${one.severity}, ${one.geometry}`,
  'severity and rule': (one: EncounterOutcome) => `${one.severity}, ${one.rule}`,
  'severity and light': (one: EncounterOutcome) => `${one.severity}, ${one.light}`,
  layout: (one: EncounterOutcome) => one.layout,
} as const;

const YIELDING = 'fail-to-yield';

export function evaluationReport(model: string, outcomes: readonly EncounterOutcome[]): EvaluationReport {
  const yielding = outcomes.filter(({ rule }) => rule === YIELDING);
  return {
    model,
    overall: sliced(yielding, ({ severity }) => severity),
    together: sliced(outcomes, ({ severity }) => severity),
    slices: Object.fromEntries(
      Object.entries(SLICED_BY).map(([name, by]) => [
        name,
        sliced(name === 'severity and rule' ? outcomes : yielding, by),
      ]),
    ),
  };
}

function sliced(
  outcomes: readonly EncounterOutcome[],
  by: (one: EncounterOutcome) => string,
): readonly Slice[] {
  const names = [...new Set(outcomes.map(by))].sort();
  return names.map((name) => {
    const inside = outcomes.filter((one) => by(one) === name);
    const of = (decider: Decider): Figures => figuresOf(inside, decider);
    return {
      name,
      figures: {
        house: of('house'),
        rule: of('rule'),
        model: of('model'),
        zone: of('zone'),
        logistic: of('logistic'),
      },
    };
  });
}

const WORDS: Readonly<Record<Decider, string>> = {
  house: 'rule and model (the house)',
  rule: 'rule alone',
  model: 'model alone',
  zone: 'both in the zone',
  logistic: 'logistic regression alone',
};

export function reportMarkdown(report: EvaluationReport, outcomes: readonly EncounterOutcome[]): string {
  const yielding = outcomes.filter(({ rule }) => rule === YIELDING);
  const parts = [
    ...report.overall.map((slice) => `## Severity ${slice.name}\n\n${table(slice)}`),
    ...report.together.map((slice) => `## Severity ${slice.name}, all rules together\n\n${table(slice)}`),
  ];
  const tables = Object.entries(report.slices).map(
    ([name, slices]) => `## The house by ${name}\n\n${houseTable(slices)}`,
  );
  return [
    '# Evaluation on simulated streets of seeds not trained on',
    `Model \`${report.model}\`. Failing to yield unless said otherwise; shares with their 95 % intervals (Wilson). ` +
      'An encounter is one vehicle under one geometry (for the other rules, which ask the same under each, one vehicle); ' +
      'infractions that no verdict came of count as missed.',
    ...parts,
    `## Calibration\n\n${reliabilityPlot(reliabilityOf(yielding))}`,
    `## Falsely held and caught\n\n${sharesPlot(report.overall)}`,
    ...tables,
    '',
  ].join('\n\n');
}

const HEAD =
  '| decided by | falsely held | recall held | recall held or review | F1 | AUC | ECE | false / 10,000 lawful | to review |\n' +
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |';

const table = ({ figures }: Slice): string =>
  [HEAD, ...DECIDERS.map((decider) => row(WORDS[decider], figures[decider]))].join('\n');

const houseTable = (slices: readonly Slice[]): string =>
  [HEAD.replace('decided by', 'of'), ...slices.map(({ name, figures }) => row(name, figures.house))].join(
    '\n',
  );

function row(name: string, figures: Figures): string {
  const { falselyHeld, recallHeld, recallCaught, f1, auc, calibrationError, abstention } = figures;
  const cells = [
    name,
    percent(falselyHeld, true),
    percent(recallHeld, true),
    percent(recallCaught, true),
    number(f1),
    number(auc),
    number(calibrationError),
    figures.falsePer10000Lawful.toFixed(1),
    percent(abstention, false),
  ];
  return `| ${cells.join(' | ')} |`;
}

function percent({ count, of, share, low, high }: Share, whole: boolean): string {
  if (of === 0) return 'none';
  const value = `${(100 * share).toFixed(1)} %`;
  return whole ? `${value} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}; ${count} of ${of})` : value;
}

const number = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');
