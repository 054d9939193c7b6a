/** Messages: none acknowledged is missing, none is there that nobody sent, none is there twice. */
import { bootIdOf, stepOf } from '../oracle/script.ts';
import type { Player } from '../oracle/cast.ts';
import { brokerMayHaveLost, type RunEvidence } from './evidence-of-run.ts';
import { finding, type Finding } from './finding.ts';
import type { MessageRow, Snapshot } from './snapshot.ts';

/** By device: sequence → how often. Last wills, which have sequence 0, are left out. */
type Sequences = ReadonlyMap<string, ReadonlyMap<number, number>>;

export function sequencesOf(rows: readonly MessageRow[]): Sequences {
  const found = new Map<string, Map<number, number>>();
  for (const { device, from, to } of rows) {
    const of = found.get(device) ?? new Map<number, number>();
    found.set(device, of);
    for (let sequence = Math.max(1, from); sequence < to; sequence++)
      of.set(sequence, (of.get(sequence) ?? 0) + 1);
  }
  return found;
}

export interface MessageCheck {
  readonly findings: readonly Finding[];
  /** Messages that a killed broker of others lost after it had acknowledged them. */
  readonly lostByBroker: ReadonlyMap<string, ReadonlySet<number>>;
}

export function checkMessages(snapshot: Snapshot, run: RunEvidence): MessageCheck {
  const stored = sequencesOf(snapshot.stored);
  const judged = sequencesOf(snapshot.judged);
  const findings: Finding[] = [];
  const lostByBroker = new Map<string, Set<number>>();
  for (const player of run.players) {
    const { device } = player;
    const missing = (sequence: number, atMs: number, stage: string): void => {
      if (stage === 'stored' && brokerMayHaveLost(run, player, atMs)) {
        const of = lostByBroker.get(device) ?? new Set();
        lostByBroker.set(device, of.add(sequence));
      } else findings.push(finding('lost', `${device}/${sequence} was acknowledged and is not ${stage}`));
    };
    for (const [sequence, atMs] of run.told.acknowledged.get(device) ?? [])
      if (!stored.get(device)?.has(sequence)) missing(sequence, atMs, 'stored');
      else if (!judged.get(device)?.has(sequence)) missing(sequence, atMs, 'judged');
    findings.push(...strangersOf(player, stored.get(device), run));
  }
  return {
    findings: [
      ...findings,
      ...unknownDevices(stored, run),
      ...wrongBoots(snapshot, run),
      ...lettersOf(snapshot, run),
    ],
    lostByBroker,
  };
}

function strangersOf(
  { device }: Player,
  stored: ReadonlyMap<number, number> | undefined,
  { last, told }: RunEvidence,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [sequence, times] of stored ?? []) {
    if (sequence > (last.get(device) ?? 0))
      findings.push(finding('phantom', `${device}/${sequence} is stored and was never sent`));
    if (told.refused.get(device)?.has(sequence))
      findings.push(finding('phantom', `${device}/${sequence} was refused and is stored`));
    if (times > 1)
      findings.push(finding('doubled', `${device}/${sequence} stands ${times} times in the log`));
  }
  return findings;
}

function unknownDevices(stored: Sequences, { players }: RunEvidence): readonly Finding[] {
  const known = new Set(players.map(({ device }) => device));
  return [...stored.keys()]
    .filter((device) => !known.has(device))
    .map((device) => finding('phantom', `messages of ${device}, which does not play`));
}

/** A sequence belongs to one boot; under another it would be another message. */
function wrongBoots({ stored }: Snapshot, { players, last }: RunEvidence): readonly Finding[] {
  const byDevice = new Map(players.map((player) => [player.device, player]));
  return stored.flatMap(({ device, bootId, from }) => {
    const player = byDevice.get(device);
    if (!player || from < 1 || from >= (last.get(device) ?? 0)) return [];
    const { boot } = stepOf(player, from);
    return bootIdOf(boot) === bootId
      ? []
      : [finding('phantom', `${device}/${from} is stored under ${bootId}, not ${bootIdOf(boot)}`)];
  });
}

/** What the broker makes of a packet that a cut line left half. */
const WRECKS = new Set(['truncated-packet', 'malformed-packet']);

/** What is no message is kept, however often it came; and nothing that is one is thrown there. */
function lettersOf({ letters }: Snapshot, run: RunEvidence): readonly Finding[] {
  const kept = new Set(letters.map(({ sha256 }) => sha256));
  const { poison } = run.told;
  const doors = new Map(run.players.map(({ device, door }) => [device, door]));
  return [
    ...[...poison]
      .filter(
        ([sha256, device]) =>
          !kept.has(sha256) && !(doors.get(device) === 'broker' && run.brokerKillsMs.length > 0),
      )
      .map(([sha256, device]) => finding('lost', `a dead letter of ${device}, ${sha256}`)),
    ...letters
      .filter(({ sha256, reason }) => !poison.has(sha256) && !WRECKS.has(reason))
      .map(({ sha256, reason }) => finding('phantom', `a dead letter nobody sent (${reason}), ${sha256}`)),
  ];
}
