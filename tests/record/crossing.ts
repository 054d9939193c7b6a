/** A simple crossing: vehicles that do not slow down for a pedestrian on the crosswalk, one after another. */
import {
  batchMessages,
  statusMessage,
  type Camera,
  type SeenFrame,
  type Sighting,
} from '@wayside/pipeline/domain/judge/testing/batches';
import type { Site } from '@wayside/contracts/site';
import type { IncomingMessage } from '@wayside/pipeline/app/event-log';
import { incoming, START_MS, token } from './messages.ts';

/** A road to the east, 7 m wide, crossed by a crosswalk 4 m deep at x = 0. */
const site: Site = {
  schema: 'wayside.site.v1',
  id: 'test-street',
  name: 'Test street',
  timeZone: 'Asia/Shanghai',
  drivingSide: 'right',
  devices: ['camera-1'],
  crosswalk: [
    [-2, -3.5],
    [2, -3.5],
    [2, 3.5],
    [-2, 3.5],
  ],
  crossingAxisRadians: Math.PI / 2,
  islands: [],
  approaches: [{ id: 'east', headingRadians: 0, lanes: [] }],
  attentionMetres: 30,
  positionSigmaMetres: 0.1,
  calibration: { validUntil: null },
  origin: 'simulation',
};

const FRAMES_PER_SECOND = 10;
const SECONDS_BETWEEN = 15;
const camera: Camera = { site, device: 'camera-1', bootId: 'boot-1', firstSequence: 2 };

/** @returns the birth, the observations of so many passages, and the last word of the boot. */
export function crossing(passages: number): readonly IncomingMessage[] {
  const seconds = passages * SECONDS_BETWEEN;
  const frames = Array.from({ length: seconds * FRAMES_PER_SECOND }, (_, i) =>
    frameAt(i / FRAMES_PER_SECOND),
  );
  const observations = batchMessages(frames, camera, [FRAMES_PER_SECOND]);
  const birth = statusMessage({ ...camera, sequence: 1, timeMs: START_MS - 1_000, state: 'online' });
  const last = statusMessage({
    ...camera,
    sequence: observations.length + 2,
    timeMs: START_MS + seconds * 1_000,
    state: 'stopping',
  });
  return [{ ...birth, data: { ...birth.data, site } }, ...observations, last].map(incoming);
}

function frameAt(second: number): SeenFrame {
  const passage = Math.floor(second / SECONDS_BETWEEN);
  const inPassage = second % SECONDS_BETWEEN;
  return {
    timeMs: START_MS + Math.round(second * 1_000),
    objects: [...vehicle(passage, inPassage), ...walker(passage, inPassage)],
  };
}

/** Ten metres a second, straight on; every fifth without a plate. */
function vehicle(passage: number, second: number): readonly Sighting[] {
  const x = -35 + 10 * (second - 2);
  if (second < 2 || x > 35) return [];
  return [
    {
      track: `v${passage}`,
      kind: 'car',
      x,
      y: -1,
      headingRadians: 0,
      speedMps: 10,
      lengthMetres: 4.5,
      widthMetres: 1.8,
      ...(passage % 5 !== 4 && { plate: token('plate', `p${passage % 3}`) }),
    },
  ];
}

/** From the south kerb to the north, hesitantly until the vehicle has passed ahead. */
function walker(passage: number, second: number): readonly Sighting[] {
  const y = second < 6 ? -4.3 + 0.3 * second : -2.5 + 1.3 * (second - 6);
  if (y > 6) return [];
  return [{ track: `p${passage}`, kind: 'pedestrian', x: 0, y }];
}
