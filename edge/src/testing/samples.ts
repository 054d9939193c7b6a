/** A site, a batch and a report for tests. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import type { ObservationBatch } from '@wayside/contracts/observation-batch';
import type { Site } from '@wayside/contracts/site';

export const START_MS = Date.UTC(2026, 4, 1, 8);

export const sampleSite: Site = {
  schema: 'wayside.site.v1',
  id: 'corner',
  name: 'A corner',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: ['camera-1', 'camera-2'],
  crosswalk: [
    [-2, -8],
    [2, -8],
    [2, 8],
    [-2, 8],
  ],
  crossingAxisRadians: 1.5708,
  islands: [],
  approaches: [{ id: 'west', headingRadians: 0, lanes: [] }],
  attentionMetres: 40,
  positionSigmaMetres: 0.2,
  calibration: { validUntil: null },
  origin: 'simulation',
};

/** @param i makes one batch different from another */
export const sampleBatch = (i: number): ObservationBatch => ({
  site: { id: 'corner', version: 'a'.repeat(64) },
  clock: { state: 'synchronised', maxErrorMs: 20 },
  frames: { startMs: START_MS + i * 1000, dtMs: [0, 40] },
  objects: [{ track: `t${i}`, kind: 'car', frame: [0, 1], xCm: [i, i + 1], yCm: [0, 0] }],
});

export const sampleReport = (): ConductorReport => ({
  seat: { operator: 'demo-rail', train: 'G101', serviceDate: '2026-05-01', coach: '5', place: '12A' },
  section: { from: 'North', to: 'South', fromStop: 0, toStop: 4 },
  reservations: [],
  occupant: {},
  askedAtMs: START_MS,
  answer: 'refused',
  answeredAtMs: START_MS + 9000,
  conductor: `staff_${'x'.repeat(43)}`,
  simulated: true,
});
