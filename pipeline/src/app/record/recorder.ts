/** Records what a batch of messages led to. Runs inside the transaction that moves the judge's cursor. */
import type { Infraction } from '@wayside/contracts/infraction';
import type { JudgeEffect } from '../../domain/judge/effects.ts';
import type { Clock } from '../clock.ts';
import { bumpCounters, type CounterChanges } from '../counters/bump.ts';
import type { Queryable } from '../database.ts';
import { chainOf } from '../evidence/chain.ts';
import { insertEvidence, readTail, sealEvidence } from '../evidence/seal.ts';
import type { EvidenceSigner } from '../evidence/signer.ts';
import { infractionsOf, type FoundInfraction, type VerdictEffect } from './infractions.ts';
import { insertHoldsDue, insertInfractions, insertTracks, insertVerdicts } from './rows.ts';

export interface JudgedBatch {
  readonly partition: number;
  readonly messages: number;
  readonly observations: number;
  readonly effects: readonly JudgeEffect[];
}

/** What is new in the record, in the order of the log. */
export interface Recorded {
  readonly verdicts: readonly VerdictEffect[];
  readonly infractions: readonly Infraction[];
  readonly holdsDue: number;
}

export type Recorder = (tx: Queryable, batch: JudgedBatch) => Promise<Recorded>;

/** Locks: the rows it inserts, and last the counters. The caller holds the fence of the partition. */
export function createRecorder(signer: EvidenceSigner, clock: Clock): Recorder {
  return async (tx, batch) => {
    const recordedAtMs = clock();
    const verdicts = await recordVerdicts(tx, batch, recordedAtMs);
    const found = await recordInfractions(tx, signer, batch.partition, verdicts, recordedAtMs);
    await bumpCounters(tx, changesOf(batch, verdicts, found));
    return {
      verdicts,
      infractions: found.map(({ infraction }) => infraction),
      holdsDue: found.filter(isDue).length,
    };
  };
}

async function recordVerdicts(
  tx: Queryable,
  { partition, effects }: JudgedBatch,
  recordedAtMs: number,
): Promise<readonly VerdictEffect[]> {
  const judged = effects.filter((effect) => effect.kind !== 'unusable');
  if (judged.length === 0) return [];
  const inserted = await insertVerdicts(tx, partition, judged, recordedAtMs);
  const fresh = judged.filter(({ verdict }) => inserted.has(verdict.id));
  await insertTracks(tx, fresh);
  return fresh;
}

/** Only what is new is sealed: a link for a row that stood already would leave a hole in the chain. */
async function recordInfractions(
  tx: Queryable,
  signer: EvidenceSigner,
  partition: number,
  verdicts: readonly VerdictEffect[],
  recordedAtMs: number,
): Promise<readonly FoundInfraction[]> {
  const found = verdicts.flatMap((effect) => infractionsOf(effect, recordedAtMs));
  if (found.length === 0) return [];
  const inserted = await insertInfractions(tx, found);
  const fresh = found.filter(({ infraction }) => inserted.has(infraction.id));
  const chain = chainOf(partition);
  const bodies = fresh.map(({ evidence }) => evidence);
  await insertEvidence(tx, await sealEvidence(signer, chain, await readTail(tx, chain), bodies));
  const due = fresh.filter(isDue);
  if (due.length > 0) await insertHoldsDue(tx, due);
  return fresh;
}

const isDue = ({ infraction }: FoundInfraction): boolean => infraction.hold === 'pending';

function changesOf(
  batch: JudgedBatch,
  verdicts: readonly VerdictEffect[],
  found: readonly FoundInfraction[],
): CounterChanges {
  const outcome = (name: string): number => verdicts.filter(({ verdict }) => verdict.outcome === name).length;
  const hold = (name: string): number => found.filter(({ infraction }) => infraction.hold === name).length;
  const unusable = (name: string): number =>
    batch.effects.filter((effect) => effect.kind === 'unusable' && effect.reason === name).length;
  return {
    'judge.judged': batch.messages,
    'judge.observations': batch.observations,
    'judge.late': unusable('late'),
    'judge.unknownSite': unusable('unknown-site'),
    'judge.beforeBirth': unusable('before-birth'),
    'record.verdicts': verdicts.length,
    'record.infraction': outcome('infraction'),
    'record.clear': outcome('clear'),
    'record.undecided': outcome('undecided'),
    'holds.infractions': found.length,
    'holds.unidentified': hold('unidentified'),
    'holds.none': hold('none'),
  };
}
