/** The books of the house as equations: what came into a stage is the sum of where it went. */
import type { Counters } from '@wayside/contracts/http';
import { house } from '../../words.ts';

type StageName = keyof typeof house.stages;

interface Part {
  readonly name: string;
  readonly meaning: string;
  readonly count: number;
  /** done: gone on or settled · open: still under way · aside: kept out, with a reason. */
  readonly role: 'done' | 'open' | 'aside';
}

export interface Stage {
  readonly name: StageName;
  readonly total: Part;
  readonly parts: readonly Part[];
  /** What came in less where it went; 0 where the stage balances. */
  readonly offBy: number;
  /** What the next stage has not taken over yet of what this one hands on; undefined at the end. */
  readonly onTheWay: number | undefined;
}

const { fields } = house;
const part = (name: keyof typeof fields, count: number, role: Part['role']): Part => ({
  name: fields[name],
  meaning: house.meaning[name],
  count,
  role,
});

export function stagesOf({ intake, judge, record, holds }: Counters): readonly Stage[] {
  return [
    stage('intake', part('received', intake.received, 'done'), intake.stored - judge.stored, [
      part('stored', intake.stored, 'done'),
      part('duplicate', intake.duplicate, 'aside'),
      part('deadLettered', intake.deadLettered, 'aside'),
      part('inFlight', intake.inFlight, 'open'),
    ]),
    stage('judge', part('stored', judge.stored, 'done'), undefined, [
      part('judged', judge.judged, 'done'),
      part('waiting', judge.waiting, 'open'),
    ]),
    // One verdict may find several infractions, so nothing can be said of what is on the way to the holds.
    stage('record', part('verdicts', record.verdicts, 'done'), undefined, [
      part('infraction', record.infraction, 'done'),
      part('clear', record.clear, 'done'),
      part('undecided', record.undecided, 'aside'),
    ]),
    stage('holds', part('infractions', holds.infractions, 'done'), undefined, [
      part('held', holds.held, 'done'),
      part('pending', holds.pending, 'open'),
      part('unidentified', holds.unidentified, 'aside'),
      part('none', holds.none, 'aside'),
    ]),
  ];
}

function stage(name: StageName, total: Part, onTheWay: number | undefined, parts: readonly Part[]): Stage {
  const offBy = total.count - parts.reduce((sum, { count }) => sum + count, 0);
  return { name, total, parts, offBy, onTheWay };
}
