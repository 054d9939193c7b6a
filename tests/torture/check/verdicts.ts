/** Verdicts and infractions against what the oracle says must come of the messages. */
import type { ExpectedVerdict } from '../oracle/expected.ts';
import type { RunEvidence } from './evidence-of-run.ts';
import { finding, type Finding } from './finding.ts';
import { sequencesOf } from './messages.ts';
import type { InfractionRow, Snapshot, VerdictRow } from './snapshot.ts';

export interface VerdictCheck {
  readonly findings: readonly Finding[];
  /** Expected verdicts whose messages are all there: only of them is it known what must have come. */
  readonly determined: readonly ExpectedVerdict[];
}

export function checkVerdicts(snapshot: Snapshot, run: RunEvidence): VerdictCheck {
  const stored = sequencesOf(snapshot.stored);
  const expected = new Map(run.expected.map((one) => [one.key, one]));
  const rows = grouped(snapshot.verdicts, ({ key }) => key);
  const infractions = grouped(snapshot.infractions, ({ verdictId }) => verdictId);
  const isWhole = ({ device, sequences }: ExpectedVerdict): boolean =>
    sequences.every((sequence) => stored.get(device)?.has(sequence));
  const determined = run.expected.filter(isWhole);
  return {
    determined,
    findings: [
      ...determined.flatMap((one) => compare(one, rows.get(one.key) ?? [], infractions)),
      ...[...rows].flatMap(([key, of]) => strangers(key, of, expected)),
      ...orphans(snapshot),
    ],
  };
}

function compare(
  expected: ExpectedVerdict,
  [row, ...more]: readonly VerdictRow[],
  infractions: ReadonlyMap<string, readonly InfractionRow[]>,
): readonly Finding[] {
  const { key, outcome } = expected;
  if (!row) return [finding('lost', `the verdict ${key} (${outcome})`)];
  const findings: Finding[] = [];
  if (more.length > 0) findings.push(finding('doubled', `the verdict ${key}, ${more.length + 1} times`));
  if (row.outcome !== outcome)
    findings.push(finding('wrong-verdict', `${key} is ${row.outcome} and must be ${outcome}`));
  const found = infractions.get(row.id) ?? [];
  const wanted = outcome === 'infraction' ? 1 : 0;
  if (found.length < wanted) findings.push(finding('lost', `the infraction of ${key}`));
  if (found.length > wanted)
    findings.push(finding(wanted === 0 ? 'phantom' : 'doubled', `${found.length} infractions of ${key}`));
  return [...findings, ...found.flatMap((infraction) => compareInfraction(expected, infraction))];
}

function compareInfraction(
  { key, account, points }: ExpectedVerdict,
  found: InfractionRow,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (found.account !== account)
    findings.push(
      finding('wrong-account', `${key} is on ${found.account ?? 'nobody'}, not ${account ?? 'nobody'}`),
    );
  if (found.points !== points)
    findings.push(finding('wrong-points', `${key} costs ${found.points}, not ${points}`));
  return findings;
}

const strangers = (
  key: string,
  of: readonly VerdictRow[],
  expected: ReadonlyMap<string, ExpectedVerdict>,
): readonly Finding[] =>
  expected.has(key) ? [] : [finding('phantom', `${of.length} verdict(s) ${key}, of which nobody knows`)];

function orphans({ verdicts, infractions, evidence }: Snapshot): readonly Finding[] {
  const known = new Set(verdicts.map(({ id }) => id));
  const found = new Set(infractions.map(({ id }) => id));
  const sealed = grouped(evidence, ({ infractionId }) => infractionId);
  return [
    ...infractions
      .filter(({ verdictId }) => !known.has(verdictId))
      .map(({ id }) => finding('phantom', `infraction ${id} has no verdict`)),
    ...infractions
      .filter(({ id }) => sealed.get(id)?.length !== 1)
      .map(({ id }) =>
        finding('not-conserved', `infraction ${id} has ${sealed.get(id)?.length ?? 0} pieces of evidence`),
      ),
    ...evidence
      .filter(({ infractionId }) => !found.has(infractionId))
      .map(({ infractionId }) => finding('phantom', `evidence of ${infractionId}, which is no infraction`)),
    ...chainFaults(evidence),
  ];
}

/** Evidence comes in order of chain and position; each names the one before. */
function chainFaults(evidence: Snapshot['evidence']): readonly Finding[] {
  return evidence.flatMap(({ chain, position, previous, link }, index) => {
    const before = evidence[index - 1];
    const follows = before?.chain === chain ? before : undefined;
    if (position === (follows?.position ?? 0) + 1 && previous === (follows?.link ?? null)) return [];
    return [
      finding('not-conserved', `evidence chain ${chain} is broken at ${position} (${link.slice(0, 12)})`),
    ];
  });
}

export function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
