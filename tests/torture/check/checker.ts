/** Compares one snapshot of the house with what the oracle knows. */
import { checkConservation } from './conservation.ts';
import type { RunEvidence } from './evidence-of-run.ts';
import { FINDING_KINDS, type Finding, type FindingKind } from './finding.ts';
import { checkLedger } from './ledger.ts';
import { checkMessages } from './messages.ts';
import type { Snapshot } from './snapshot.ts';
import { checkVerdicts } from './verdicts.ts';

export interface Checked {
  readonly counts: Readonly<Record<FindingKind, number>>;
  /** Some of each kind, in words. */
  readonly examples: readonly Finding[];
  /** What was compared: a check of nothing proves nothing. */
  readonly compared: {
    readonly acknowledged: number;
    readonly unknown: number;
    readonly refused: number;
    readonly deadLetters: number;
    readonly verdicts: number;
    readonly infractions: number;
    readonly holds: number;
    readonly resolutions: number;
    /** Acknowledged by a broker of others that was then killed, and gone. */
    readonly lostByBroker: number;
    /** Expected verdicts of which nothing is known, because messages of theirs are gone or unknown. */
    readonly undetermined: number;
  };
}

const EXAMPLES_A_KIND = 5;

export function check(snapshot: Snapshot, run: RunEvidence): Checked {
  const messages = checkMessages(snapshot, run);
  const verdicts = checkVerdicts(snapshot, run);
  const findings = [
    ...messages.findings,
    ...verdicts.findings,
    ...checkLedger(snapshot, run),
    ...checkConservation(snapshot),
  ];
  const { acknowledged, unknown, refused, poison } = run.told;
  const of = (kind: FindingKind) => findings.filter((one) => one.kind === kind);
  return {
    counts: Object.fromEntries(FINDING_KINDS.map((kind) => [kind, of(kind).length])) as Checked['counts'],
    examples: FINDING_KINDS.flatMap((kind) => of(kind).slice(0, EXAMPLES_A_KIND)),
    compared: {
      acknowledged: sizes(acknowledged),
      unknown: sizes(unknown),
      refused: sizes(refused),
      deadLetters: poison.size,
      verdicts: verdicts.determined.length,
      infractions: verdicts.determined.filter(({ outcome }) => outcome === 'infraction').length,
      holds: snapshot.transfers.filter(({ kind }) => kind === 'hold').length,
      resolutions: snapshot.transfers.filter(({ kind }) => kind === 'post' || kind === 'release').length,
      lostByBroker: sizes(messages.lostByBroker),
      undetermined: run.expected.length - verdicts.determined.length,
    },
  };
}

const sizes = (of: ReadonlyMap<string, { readonly size: number }>): number =>
  [...of.values()].reduce((sum, { size }) => sum + size, 0);

export const isSound = ({ counts }: Checked): boolean => FINDING_KINDS.every((kind) => counts[kind] === 0);
