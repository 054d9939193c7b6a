/** Between the stages nothing comes and nothing goes: the house's own counters against rows counted apart from them. */
import { finding, type Finding } from './finding.ts';
import type { MessageRow, Snapshot } from './snapshot.ts';

export function checkConservation(snapshot: Snapshot): readonly Finding[] {
  const { counters, log, verdicts, infractions, due, transfers, letters } = snapshot;
  const counter = (name: string): number => counters[name] ?? 0;
  const findings: Finding[] = [];
  const equal = (what: string, one: number, other: number): void => {
    if (one !== other) findings.push(finding('not-conserved', `${what}: ${one} ≠ ${other}`));
  };
  const stored = sizeOf(snapshot.stored);
  const judged = sizeOf(snapshot.judged);
  equal('counted as stored = stored', counter('intake.stored'), stored);
  equal('counted as dead letters = dead letters', counter('intake.deadLettered'), letters.length);
  equal('counted as judged = passed by the cursors', counter('judge.judged'), log.committed);
  equal('passed by the cursors = judged + copies', log.committed, judged + log.copies);
  equal('stored = judged', stored, judged);
  equal('counted as verdicts = verdicts', counter('record.verdicts'), verdicts.length);
  for (const outcome of ['infraction', 'clear', 'undecided'])
    equal(
      `counted as ${outcome} = verdicts that are`,
      counter(`record.${outcome}`),
      verdicts.filter((verdict) => verdict.outcome === outcome).length,
    );
  const owing = infractions.filter(({ account, points }) => account !== null && points > 0);
  equal('counted as infractions = infractions', counter('holds.infractions'), infractions.length);
  equal('infractions that cost somebody points = holds due', owing.length, due.length);
  const held = transfers.filter(({ kind }) => kind === 'hold').length;
  equal('counted as held = holds', counter('holds.held'), held);
  equal('holds due and placed = holds', due.filter(({ placed }) => placed).length, held);
  return findings;
}

const sizeOf = (rows: readonly MessageRow[]): number =>
  rows.reduce((sum, { from, to }) => sum + to - from, 0);
