/** One valid message of each kind, for the documents and for whoever writes an agent. Tested against the schemas. */
import { contentHash } from './canonical.ts';
import type { ReportMessage } from './conductor-report.ts';
import type { StatusMessage } from './device-status.ts';
import { envelopeFields, MESSAGE_TYPES, type MessageType } from './envelope.ts';
import type { ObservationMessage } from './observation-batch.ts';
import type { SignalMessage } from './signal-phases.ts';
import type { Site } from './site.ts';

const AT_MS = Date.UTC(2026, 4, 1, 4);
const token = (letter: string): string => letter.repeat(43);

export const exampleSite: Site = {
  schema: 'wayside.site.v1',
  id: 'museum-street',
  name: 'Museum Street at the school',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: ['museum-street-1', 'museum-street-signal'],
  crosswalk: [
    [0, 0],
    [4, 0],
    [4, 7],
    [0, 7],
  ],
  crossingAxisRadians: 1.5708,
  islands: [],
  approaches: [
    {
      id: 'west',
      headingRadians: 0,
      stopLine: [
        [-2, 0],
        [-2, 3.5],
      ],
      speedLimitMps: 8.333,
      signal: { group: 'west' },
      lanes: [
        {
          id: 'west-1',
          centreline: [
            [-30, 1.75],
            [30, 1.75],
          ],
          widthMetres: 3.5,
        },
      ],
    },
  ],
  attentionMetres: 30,
  positionSigmaMetres: 0.3,
  calibration: { validUntil: '2027-05-01' },
  origin: 'camera',
};

const fields = <T extends MessageType>(type: T, device: string, sequence: number) => ({
  ...envelopeFields({ type, device, bootId: 'b7Qx2', sequence, timeMs: AT_MS, sentAtMs: AT_MS + 1000 }),
  type,
});

export const exampleStatus: StatusMessage = {
  ...fields(MESSAGE_TYPES.status, 'museum-street-1', 1),
  data: { state: 'online', kind: 'camera', software: 'wayside-edge 0.1.0', site: exampleSite },
};

export const exampleObservations: ObservationMessage = {
  ...fields(MESSAGE_TYPES.observations, 'museum-street-1', 2),
  data: {
    site: { id: exampleSite.id, version: contentHash(exampleSite) },
    clock: { state: 'synchronised', maxErrorMs: 5 },
    frames: { startMs: AT_MS, dtMs: [0, 40, 80] },
    objects: [
      {
        track: '17',
        kind: 'car',
        plate: `plate_${token('x')}`,
        lengthCm: 465,
        widthCm: 182,
        frame: [0, 1, 2],
        xCm: [-812, -770, -728],
        yCm: [175, 175, 176],
        speedCmps: [1050, 1050, 1048],
      },
      { track: '4', kind: 'pedestrian', frame: [1, 2], xCm: [210, 210], yCm: [62, 68] },
    ],
  },
};

export const exampleSignals: SignalMessage = {
  ...fields(MESSAGE_TYPES.signals, 'museum-street-signal', 2),
  data: {
    site: { id: exampleSite.id, version: contentHash(exampleSite) },
    clock: { state: 'synchronised', maxErrorMs: 20 },
    span: { startMs: AT_MS, dtMs: 1000 },
    groups: [{ group: 'west', dtMs: [0, 640], state: ['amber', 'red'] }],
  },
};

export const exampleReport: ReportMessage = {
  ...fields(MESSAGE_TYPES.report, 'handheld-12', 7),
  data: {
    seat: { operator: 'northern', train: 'IC-204', serviceDate: '2026-05-01', coach: '7', place: '42' },
    section: { from: 'Ashford', to: 'Milton', fromStop: 2, toStop: 5 },
    reservations: [
      {
        checkedAtMs: AT_MS,
        source: 'ticket-scan',
        holder: `ticket_${token('h')}`,
        section: { from: 'Ashford', to: 'Milton', fromStop: 2, toStop: 5 },
      },
    ],
    occupant: { ticket: `ticket_${token('o')}` },
    askedAtMs: AT_MS + 20_000,
    answer: 'refused',
    answeredAtMs: AT_MS + 45_000,
    conductor: `staff_${token('c')}`,
    simulated: false,
  },
};
