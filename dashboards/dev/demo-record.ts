/** What the house would have recorded of the demo's encounters and reports. */
import type { InfractionDetail, LiveEvent } from '@wayside/contracts/http';
import type { HoldState, Infraction } from '@wayside/contracts/infraction';
import type { Finding, Outcome, Reason } from '@wayside/contracts/verdict';
import { encounterOf, PERIOD_MS, STEP_MS, type Behaviour, type Encounter } from './demo-encounters.ts';
import { evidenceOf } from './demo-evidence.ts';
import { isReportId, reportDetail, reportsUntil } from './demo-rail.ts';
import { DEMO_SITES } from './demo-sites.ts';
import { chanceOf, tokenOf } from './random.ts';

const ACCOUNTS = 140;
const RECORDED_AFTER_MS = 420;
const UNIDENTIFIED_SHARE = 0.08;

const OUTCOMES: Readonly<Record<Behaviour, readonly [Outcome, Reason]>> = {
  ahead: ['infraction', 'went-ahead-of-pedestrian'],
  'stands-on': ['infraction', 'stood-on-crosswalk'],
  'gives-way': ['clear', 'gave-way'],
  'close-call': ['undecided', 'close-call'],
};

export const occurredMs = (encounter: Encounter): number =>
  encounter.startMs + encounter.steps.exit * STEP_MS;

const encounterId = ({ siteIndex, k }: Encounter): string =>
  `de000000-000${siteIndex}-5000-8000-${k.toString(16).padStart(12, '0')}`;

export function findingOf(encounter: Encounter): Finding {
  const [outcome, reason] = OUTCOMES[encounter.behaviour];
  const stood = encounter.behaviour === 'stands-on';
  return {
    rule: stood ? 'stop-on-crosswalk' : 'fail-to-yield',
    outcome,
    reason,
    explanation: explain(encounter),
    pedestrianTracks: stood ? [] : encounter.pedestrians.map(({ track }) => track),
    measures: {
      ...(stood
        ? { stoppedSeconds: 6.5 }
        : {
            petSeconds: encounter.petSeconds,
            firstThrough:
              encounter.behaviour === 'gives-way' ? ('pedestrian' as const) : ('vehicle' as const),
            ttcSeconds: encounter.petSeconds + 0.6,
            minDistanceMetres: 0.8 + encounter.petSeconds,
            requiredDecelerationMps2: encounter.requiredDecelerationMps2,
            pedestrianSpeedMps: 1.31,
          }),
      entrySpeedMps: encounter.entrySpeedMps,
      minSpeedMps: encounter.minSpeedMps,
      framesPerSecond: 12.5,
    },
    points: stood || outcome !== 'infraction' ? 0 : 3,
  };
}

function explain({ behaviour, petSeconds, entrySpeedMps, minSpeedMps }: Encounter): string {
  const pet = petSeconds.toFixed(2);
  if (behaviour === 'stands-on')
    return 'The vehicle stood on the crosswalk for 6.5 s; from 3.0 s on that is waiting on it.';
  if (behaviour === 'gives-way')
    return 'The vehicle stopped short of the crosswalk and let the pedestrian pass.';
  if (behaviour === 'close-call')
    return `The vehicle went first, ${pet} s ahead: between 2.0 s and 3.0 s the case is doubtful.`;
  return (
    `The vehicle went ahead of a pedestrian in its lane and a half: it was through ${pet} s before the pedestrian ` +
    `reached its path (under 2.0 s), entered at ${entrySpeedMps.toFixed(1)} m/s and never slowed below ${minSpeedMps.toFixed(1)} m/s.`
  );
}

/** @param nowMs decides how far the hold has come. */
export function infractionOf(encounter: Encounter, nowMs: number): Infraction {
  const demo = DEMO_SITES[encounter.siteIndex];
  const finding = findingOf(encounter);
  const chance = chanceOf(encounter.k * 31 + encounter.siteIndex);
  const unidentified = chance.next() < UNIDENTIFIED_SHARE;
  const account = unidentified ? null : `road:plate_${tokenOf(Math.floor(chance.next() * ACCOUNTS))}`;
  const recordedMs = occurredMs(encounter) + RECORDED_AFTER_MS;
  return {
    id: encounterId(encounter),
    verdictId: encounterId(encounter).replace(/^de/, 'dd'),
    kind: 'encounter',
    site: demo?.site.id ?? '',
    rule: finding.rule,
    occurredAt: new Date(occurredMs(encounter)).toISOString(),
    recordedAt: new Date(recordedMs).toISOString(),
    profile: { id: 'cn', version: '2025-11-01' },
    vehicleTrack: encounter.vehicle.track,
    pedestrianTracks: finding.pedestrianTracks,
    account,
    explanation: finding.explanation,
    measures: finding.measures,
    points: finding.points,
    hold: holdOf(finding.points, unidentified, nowMs - recordedMs - holdDelayMs(encounter)),
    origin: demo?.site.origin ?? 'simulation',
  };
}

export const holdDelayMs = ({ k, siteIndex }: Encounter): number =>
  60 + Math.floor(chanceOf(k + siteIndex * 13).next() ** 3 * 1_400);

function holdOf(points: number, unidentified: boolean, sinceDueMs: number): HoldState {
  if (points === 0) return 'none';
  if (unidentified) return 'unidentified';
  return sinceDueMs < 0 ? 'pending' : 'held';
}

/** @returns every encounter that ended in [fromMs, untilMs), oldest first. */
export function encountersBetween(fromMs: number, untilMs: number): readonly Encounter[] {
  const firstK = Math.floor(fromMs / PERIOD_MS) - 4;
  const lastK = Math.floor(untilMs / PERIOD_MS);
  const all: Encounter[] = [];
  for (let k = firstK; k <= lastK; k++)
    for (const siteIndex of DEMO_SITES.keys()) all.push(encounterOf(siteIndex, k));
  const ended = all.filter((encounter) => occurredMs(encounter) >= fromMs && occurredMs(encounter) < untilMs);
  return ended.sort((a, b) => occurredMs(a) - occurredMs(b));
}

/** @returns the infractions of the last `spanMs`, newest first. */
export function infractionsUntil(nowMs: number, spanMs: number): readonly Infraction[] {
  const road = encountersBetween(nowMs - spanMs, nowMs - RECORDED_AFTER_MS)
    .filter((encounter) => findingOf(encounter).outcome === 'infraction')
    .map((encounter) => infractionOf(encounter, nowMs));
  const rail = reportsUntil(nowMs, spanMs);
  return [...road, ...rail].sort((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt));
}

export function detailOf(id: string, nowMs: number): InfractionDetail | undefined {
  if (isReportId(id)) return reportDetail(id, nowMs);
  const match = /^de000000-000(\d)-5000-8000-([0-9a-f]{12})$/.exec(id);
  const siteIndex = Number(match?.[1] ?? -1);
  const demo = DEMO_SITES[siteIndex];
  if (!match || !demo) return undefined;
  const encounter = encounterOf(siteIndex, Number.parseInt(match[2] ?? '', 16));
  const infraction = infractionOf(encounter, nowMs);
  const evidence = evidenceOf(encounter, demo, findingOf(encounter), infraction);
  return { infraction, evidence, siteName: demo.site.name, timeZone: demo.site.timeZone };
}

export const verdictEvent = (encounter: Encounter): LiveEvent => ({
  kind: 'verdict',
  site: DEMO_SITES[encounter.siteIndex]?.site.id ?? '',
  outcome: findingOf(encounter).outcome,
  reason: findingOf(encounter).reason,
  occurredAt: new Date(occurredMs(encounter)).toISOString(),
});
