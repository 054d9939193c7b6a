/** Valid messages for tests and benchmarks; each takes what the test is about and makes up the rest. */
import { contentHash } from '@wayside/contracts/canonical';
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { ObservationMessage } from '@wayside/contracts/observation-batch';
import type { ReportMessage } from '@wayside/contracts/conductor-report';
import type { StatusMessage } from '@wayside/contracts/device-status';
import type { Site } from '@wayside/contracts/site';

export const TEST_TIME_MS = Date.UTC(2026, 4, 1, 12);

interface Identity {
  readonly device?: string;
  readonly bootId?: string;
  readonly sequence: number;
  readonly timeMs?: number;
}

const envelope = <T extends (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES]>(type: T, of: Identity) => {
  const timeMs = of.timeMs ?? TEST_TIME_MS;
  const fields = envelopeFields({
    type,
    device: of.device ?? 'cam-1',
    bootId: of.bootId ?? 'boot-1',
    sequence: of.sequence,
    timeMs,
    sentAtMs: timeMs,
  });
  return { ...fields, type };
};

export function testSite(over: Partial<Site> = {}): Site {
  return {
    schema: 'wayside.site.v1',
    id: 'site-1',
    name: 'Test crossing',
    timeZone: 'Asia/Shanghai',
    drivingSide: 'right',
    devices: ['cam-1'],
    crosswalk: [
      [0, 0],
      [4, 0],
      [4, 12],
      [0, 12],
    ],
    crossingAxisRadians: Math.PI / 2,
    islands: [],
    approaches: [{ id: 'west', headingRadians: 0, lanes: [] }],
    attentionMetres: 30,
    positionSigmaMetres: 0.3,
    calibration: { validUntil: null },
    origin: 'simulation',
    ...over,
  };
}

export const birth = (of: Identity & { readonly site?: Site }): StatusMessage => ({
  ...envelope(MESSAGE_TYPES.status, of),
  data: { state: 'online', kind: 'camera', software: 'test 1.0', site: of.site ?? testSite() },
});

export const lastWill = (of: Omit<Identity, 'sequence'>): StatusMessage => ({
  ...envelope(MESSAGE_TYPES.status, { ...of, sequence: 0 }),
  data: { state: 'lost', kind: 'camera', software: 'test 1.0' },
});

/** One second at ten frames a second, every object in every frame: some 3 KB with the default of 8 objects. */
export function observations(
  of: Identity & { readonly site?: Site; readonly objects?: number; readonly frames?: number },
): ObservationMessage {
  const site = of.site ?? testSite();
  const frames = Array.from({ length: of.frames ?? 10 }, (_, frame) => frame);
  const objects = Array.from({ length: of.objects ?? 8 }, (_, object) => ({
    track: `t${of.sequence}-${object}`,
    kind: object % 2 === 0 ? ('car' as const) : ('pedestrian' as const),
    lengthCm: 450,
    widthCm: 180,
    frame: frames,
    xCm: frames.map((frame) => -2000 + 150 * frame + object),
    yCm: frames.map((frame) => 300 * object + frame),
    headingMrad: frames.map((frame) => frame),
    speedCmps: frames.map(() => 1500),
  }));
  return {
    ...envelope(MESSAGE_TYPES.observations, of),
    data: {
      site: { id: site.id, version: contentHash(site) },
      clock: { state: 'synchronised', maxErrorMs: 20 },
      frames: { startMs: of.timeMs ?? TEST_TIME_MS, dtMs: frames.map((frame) => frame * 100) },
      objects,
    },
  };
}

export function report(of: Identity): ReportMessage {
  const section = { from: 'Delhi', to: 'Agra', fromStop: 0, toStop: 3 };
  const token = (kind: string) => `${kind}_${'A'.repeat(43)}`;
  const timeMs = of.timeMs ?? TEST_TIME_MS;
  return {
    ...envelope(MESSAGE_TYPES.report, { device: 'handheld-1', ...of }),
    data: {
      seat: { operator: 'op', train: '12002', serviceDate: '2026-05-01', coach: 'C1', place: '42' },
      section,
      reservations: [{ checkedAtMs: timeMs, source: 'manifest', holder: token('ticket'), section }],
      occupant: { ticket: `ticket_${'B'.repeat(43)}` },
      askedAtMs: timeMs,
      answer: 'refused',
      answeredAtMs: timeMs + 1000,
      conductor: token('staff'),
      simulated: true,
    },
  };
}
