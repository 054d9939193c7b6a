/** The site file of a simulated street, as its operator would have surveyed it. */
import type { Approach, Lane, Site } from '@wayside/contracts/site';
import { groundOf, type Ground } from './ground.ts';
import { ATTENTION_METRES, type LanePlan, type StreetPlan } from './plan.ts';

/** Of the surveyed positions; the camera simulator adds its own on top. */
const POSITION_SIGMA_METRES = 0.15;

export const controllerOfStreet = (plan: StreetPlan): string => `light-${plan.id}`;
/** All vehicles of a street see the same. */
export const SIGNAL_GROUP = 'vehicles';
export const cameraOfStreet = (plan: StreetPlan): string => `cam-${plan.id}`;

/** @param positionSigmaMetres what the operator believes the camera's error to be at the crosswalk. */
export function siteOfPlan(plan: StreetPlan, positionSigmaMetres = POSITION_SIGMA_METRES): Site {
  const ground = groundOf(plan.rotationRadians);
  const box = (minU: number, maxU: number, minV: number, maxV: number): [number, number][] => [
    point(ground, minU, minV),
    point(ground, maxU, minV),
    point(ground, maxU, maxV),
    point(ground, minU, maxV),
  ];
  const half = plan.halfDepthMetres;
  return {
    schema: 'wayside.site.v1',
    id: plan.id,
    name: `${plan.name} (${plan.layout})`,
    timeZone: 'Asia/Shanghai',
    drivingSide: plan.drivingSide,
    devices: [cameraOfStreet(plan), ...(plan.signal ? [controllerOfStreet(plan)] : [])],
    crosswalk: box(-half, half, plan.road.minV, plan.road.maxV),
    crossingAxisRadians: rounded(plan.rotationRadians + Math.PI / 2),
    islands: plan.islands.map(({ minV, maxV }) => box(-half, half, minV, maxV)),
    approaches: ([1, -1] as const).flatMap((direction) => approach(plan, ground, direction)),
    attentionMetres: ATTENTION_METRES,
    positionSigmaMetres,
    calibration: { validUntil: '2099-12-31' },
    origin: 'simulation',
  };
}

function approach(plan: StreetPlan, ground: Ground, direction: 1 | -1): Approach[] {
  const lanes = plan.lanes.filter((lane) => lane.direction === direction);
  if (lanes.length === 0) return [];
  const u = -direction * (plan.halfDepthMetres + plan.stopGapMetres);
  const edges = lanes.flatMap((lane) => [
    lane.centreV - lane.widthMetres / 2,
    lane.centreV + lane.widthMetres / 2,
  ]);
  return [
    {
      id: direction === 1 ? 'up' : 'down',
      headingRadians: rounded(plan.rotationRadians + (direction === 1 ? 0 : Math.PI)),
      stopLine: [point(ground, u, Math.min(...edges)), point(ground, u, Math.max(...edges))],
      lanes: lanes.map((lane) => laneOf(ground, lane)),
      ...(plan.signal && {
        speedLimitMps: rounded(plan.speedLimitMps),
        signal: { group: SIGNAL_GROUP },
      }),
    },
  ];
}

const laneOf = (ground: Ground, { id, direction, centreV, widthMetres }: LanePlan): Lane => ({
  id,
  centreline: [
    point(ground, -direction * ATTENTION_METRES, centreV),
    point(ground, direction * ATTENTION_METRES, centreV),
  ],
  widthMetres: rounded(widthMetres),
});

const point = (ground: Ground, u: number, v: number): [number, number] => [
  rounded(ground.x(u, v)),
  rounded(ground.y(u, v)),
];

/** To the millimetre (or milliradian), as surveys are. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000 + 0;
