/** One train whose conductor files a report every few minutes. */
import type { InfractionDetail } from '@wayside/contracts/http';
import type { Infraction } from '@wayside/contracts/infraction';
import type { Finding } from '@wayside/contracts/verdict';
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import { sealOf } from './demo-evidence.ts';
import { chanceOf, tokenOf } from './random.ts';

const RAIL_PERIOD_MS = 150_000;
const TRAIN = 'northern-rail/G334';
const PREFIX = 'de000000-0009-5000-8000-';

export const isReportId = (id: string): boolean => id.startsWith(PREFIX);

const occurredMs = (k: number): number => k * RAIL_PERIOD_MS + 40_000;

const finding: Finding = {
  rule: 'seat-refusal',
  outcome: 'infraction',
  reason: 'refused-anothers-seat',
  explanation:
    'Another passenger holds this seat from Shenyang to Dalian. The occupant was asked to leave it and refused 45 s later.',
  pedestrianTracks: [],
  measures: {},
  points: 3,
};

function reportInfraction(k: number, nowMs: number): Infraction {
  const recordedMs = occurredMs(k) + 900;
  return {
    id: `${PREFIX}${k.toString(16).padStart(12, '0')}`,
    verdictId: `dd000000-0009-5000-8000-${k.toString(16).padStart(12, '0')}`,
    kind: 'report',
    site: TRAIN,
    rule: finding.rule,
    occurredAt: new Date(occurredMs(k)).toISOString(),
    recordedAt: new Date(recordedMs).toISOString(),
    profile: { id: 'cn', version: '2025-11-01' },
    vehicleTrack: null,
    pedestrianTracks: [],
    account: `rail:ticket_${tokenOf(9_000 + (k % 30))}`,
    explanation: finding.explanation,
    measures: {},
    points: finding.points,
    hold: nowMs - recordedMs > 240 ? 'held' : 'pending',
    origin: 'simulation',
  };
}

export function reportsUntil(nowMs: number, spanMs: number): readonly Infraction[] {
  const last = Math.floor((nowMs - 41_000) / RAIL_PERIOD_MS);
  const count = Math.floor(spanMs / RAIL_PERIOD_MS);
  return Array.from({ length: count }, (_, i) => reportInfraction(last - i, nowMs));
}

/** @returns the reports recorded in [fromMs, untilMs). */
export function reportsBetween(fromMs: number, untilMs: number): readonly Infraction[] {
  return reportsUntil(untilMs, 2 * RAIL_PERIOD_MS).filter(({ recordedAt }) => {
    const at = Date.parse(recordedAt);
    return at >= fromMs && at < untilMs;
  });
}

export function reportDetail(id: string, nowMs: number): InfractionDetail {
  const k = Number.parseInt(id.slice(PREFIX.length), 16);
  const infraction = reportInfraction(k, nowMs);
  const report = reportOf(k);
  return {
    infraction,
    siteName: 'Northern Rail, train G334',
    timeZone: 'Asia/Shanghai',
    evidence: {
      body: {
        schema: 'wayside.evidence.v1',
        infractionId: infraction.id,
        verdict: {
          kind: 'report',
          id: infraction.verdictId,
          outcome: 'infraction',
          occurredAtMs: occurredMs(k),
          profile: infraction.profile,
          judge: '1.0.0',
          device: 'handheld-12',
          bootId: 'demo0001',
          findings: [finding],
          seat: report.seat,
        },
        finding,
        tracks: [],
        report,
        messages: [`handheld-12/demo0001/${k % 1000}`],
      },
      seal: sealOf(k, 9),
    },
  };
}

function reportOf(k: number): ConductorReport {
  const at = occurredMs(k);
  const chance = chanceOf(k);
  return {
    seat: {
      operator: 'northern-rail',
      train: 'G334',
      serviceDate: new Date(at).toISOString().slice(0, 10),
      coach: String(1 + Math.floor(chance.next() * 8)),
      place: `${1 + Math.floor(chance.next() * 18)}${'ABCDF'[Math.floor(chance.next() * 5)] ?? 'A'}`,
    },
    section: { from: 'Shenyang', to: 'Dalian', fromStop: 2, toStop: 6 },
    reservations: [
      {
        checkedAtMs: at - 130_000,
        source: 'manifest',
        holder: `ticket_${tokenOf(9_500 + (k % 50))}`,
        section: { from: 'Shenyang', to: 'Dalian', fromStop: 2, toStop: 6 },
      },
    ],
    occupant: { ticket: `ticket_${tokenOf(9_000 + (k % 30))}` },
    askedAtMs: at - 45_000,
    answer: 'refused',
    answeredAtMs: at,
    note: 'Said that another seat was taken, too. Holder of the reservation stood in the aisle.',
    conductor: `staff_${tokenOf(7)}`,
    simulated: true,
  };
}
