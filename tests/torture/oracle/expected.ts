/** What must come of what a device has said, by how its scenes and reports were made; no rule of the house is asked. */
import { deriveId } from '@wayside/contracts/ids';
import { railAccount, roadAccount } from '@wayside/contracts/tokens';
import type { Player } from './cast.ts';
import { reportKind, ticketOf, type ReportKind } from './report.ts';
import { plateOf, sceneKind, vehicleTrack } from './scene.ts';
import { bootIdOf, SCENE_SECONDS, stepOf } from './script.ts';

type Outcome = 'infraction' | 'clear' | 'undecided';

export interface ExpectedVerdict {
  /** Of a report its id; of an encounter who saw which vehicle in which boot. */
  readonly key: string;
  readonly device: string;
  /** The messages it follows from, ascending. */
  readonly sequences: readonly number[];
  readonly outcome: Outcome;
  readonly account: string | null;
  /** What the infraction costs; 0 where there is none. */
  readonly points: number;
}

export const encounterKey = (device: string, bootId: string, track: string): string =>
  `${device}/${bootId}/${track}`;

/** As the law profile of the run (`cn`) prices them: MPS Order 163, art. 11(7), and the profile's own rail points. */
export interface Prices {
  readonly road: number;
  readonly rail: number;
}

const REPORT_OUTCOMES: Readonly<Record<ReportKind, Outcome>> = {
  refused: 'infraction',
  'no-ticket': 'infraction',
  moved: 'clear',
  'sold-twice': 'undecided',
};

/** @param last the last sequence that the device has given out. */
export function expectedOf(player: Player, last: number, prices: Prices): readonly ExpectedVerdict[] {
  const found: ExpectedVerdict[] = [];
  for (let sequence = 1; sequence <= last; sequence++) {
    const step = stepOf(player, sequence);
    if (step.kind === 'report') found.push(ofReport(player, sequence, step, prices));
    if (step.kind !== 'observations' || step.second !== SCENE_SECONDS - 1) continue;
    const encounter = ofScene(player, sequence, step, prices);
    if (encounter) found.push(encounter);
  }
  return found;
}

function ofReport(
  player: Player,
  sequence: number,
  { boot, report }: { readonly boot: number; readonly report: number },
  { rail }: Prices,
): ExpectedVerdict {
  const kind = reportKind(player, report);
  const outcome = REPORT_OUTCOMES[kind];
  return {
    key: deriveId('report', player.device, bootIdOf(boot), sequence),
    device: player.device,
    sequences: [sequence],
    outcome,
    account: kind === 'no-ticket' ? null : railAccount(ticketOf(player, report)),
    points: outcome === 'infraction' ? rail : 0,
  };
}

/** @returns undefined where nobody crossed: then no rule is in question. */
function ofScene(
  player: Player,
  lastSequence: number,
  { boot, scene }: { readonly boot: number; readonly scene: number },
  { road }: Prices,
): ExpectedVerdict | undefined {
  const kind = sceneKind(player, scene);
  if (kind === 'alone') return undefined;
  const plate = plateOf(player, scene);
  return {
    key: encounterKey(player.device, bootIdOf(boot), vehicleTrack(scene)),
    device: player.device,
    sequences: Array.from(
      { length: SCENE_SECONDS },
      (_, second) => lastSequence - SCENE_SECONDS + 1 + second,
    ),
    outcome: kind === 'taken' ? 'infraction' : 'clear',
    account: plate === undefined ? null : roadAccount(plate),
    points: kind === 'taken' ? road : 0,
  };
}

/** What the profile `cn`, under which runs are judged, asks for. */
export const PRICES: Prices = { road: 3, rail: 1 };
