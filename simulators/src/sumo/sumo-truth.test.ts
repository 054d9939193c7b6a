import { describe, expect, it } from 'vitest';
import { sumoTruth, type TrueDriver } from './sumo-truth.ts';
import { fcdXml, recorded, ROUTES, type Walk } from './testing.ts';

/** Eastwards along the lane of y = 48.4; the front bumper is at `front`. */
const eastbound = (type: string, front: (second: number) => number, speed: (second: number) => number) => {
  return (second: number) => [
    { id: 'car', type, x: front(second), y: 48.4, angle: 90, speed: speed(second) },
  ];
};
const evenly = (type: string) =>
  eastbound(
    type,
    (s) => 25 + 8 * s,
    () => 8,
  );
/** Steps on at the southern kerb after some seconds and walks north. */
const walker = (from: number) => (second: number) => {
  const y = 46.8 + 1.3 * (second - from);
  return [{ id: 'p', x: 100, y, angle: 0, speed: 1.3, edge: y > 46.8 && y < 53.2 ? ':m_c0' : ':m_w0' }];
};
const fromTheNorth = (from: number, speed: number) => (second: number) => {
  const y = 53.2 - speed * (second - from);
  return [{ id: 'p', x: 100, y, angle: 180, speed, edge: y > 46.8 && y < 53.2 ? ':m_c0' : ':m_w0' }];
};
const truthOf = async (walk: Walk) => [...sumoTruth(await recorded({ 'run.fcd.xml': fcdXml(walk) }))];
const encounterOf = async (walk: Walk) => {
  const lines = await truthOf(walk);
  return lines.find((line) => line.kind === 'encounter');
};

describe('the truth of a SUMO recording', () => {
  it('has every driver with what its type means to do', async () => {
    const types = ['kind', 'rude', 'ambulance', 'lorry'];
    const vehicles = () =>
      types.map((type, i) => ({ id: type, type, x: 60 + 10 * i, y: 48.4, angle: 90, speed: 0 }));
    const drivers = (await truthOf({ seconds: 0.2, vehicles })).filter(
      (line): line is TrueDriver => line.kind === 'vehicle',
    );
    expect(
      drivers.map(({ vehicle, vehicleKind, emergency, dispositions }) => [
        vehicle,
        vehicleKind,
        emergency,
        dispositions,
      ]),
    ).toEqual([
      ['kind', 'car', false, []],
      ['rude', 'car', false, ['refuses']],
      ['ambulance', 'van', true, ['blocks', 'runs-red']],
      ['lorry', 'truck', false, []],
    ]);
  });

  it('says that who went ahead of somebody slow to come has failed to yield, and who could not stop has not', async () => {
    const failed = await encounterOf({ seconds: 20, vehicles: evenly('rude'), people: fromTheNorth(5, 0.7) });
    expect(failed).toMatchObject({ disposition: 'refuses', vehicle: 'car', lane: 'lane-2-1' });
    expect(failed?.pedestrians[0]).toMatchObject({ pedestrian: 'p', firstThrough: 'vehicle' });
    expect(failed?.pedestrians[0]?.answers['whole-crossing']).toEqual({
      outcome: 'infraction',
      reason: 'went-ahead-of-pedestrian',
    });
    const late = await encounterOf({ seconds: 20, vehicles: evenly('kind'), people: fromTheNorth(7.5, 1.3) });
    expect(late?.pedestrians[0]?.answers['whole-crossing']).toEqual({
      outcome: 'clear',
      reason: 'could-not-have-stopped',
    });
  });

  it('says that who waited gave way', async () => {
    const front = (s: number) => (s < 6 ? 25 + 11 * s : s < 12 ? 91 : 91 + 5 * (s - 12));
    const speed = (s: number) => (s < 6 ? 11 : s < 12 ? 0 : 5);
    const encounter = await encounterOf({
      seconds: 20,
      vehicles: eastbound('kind', front, speed),
      people: walker(5),
    });
    expect(encounter?.pedestrians[0]).toMatchObject({ firstThrough: 'pedestrian' });
    expect(encounter?.failToYield).toEqual({
      'lane-and-half': 'clear',
      'own-and-next-lane': 'clear',
      'half-road': 'clear',
      'whole-crossing': 'clear',
    });
    expect(encounter?.minSpeedMps).toBe(0);
  });

  it('says why there are no encounters where the positions are too far apart in time', async () => {
    const everySecond = fcdXml({ seconds: 1, vehicles: evenly('kind') }).replaceAll(
      /time="0\.(\d)0"/g,
      'time="$1.00"',
    );
    const lines = [...sumoTruth(await recorded({ 'run.fcd.xml': everySecond }))];
    const last = lines.at(-1);
    expect(last?.kind === 'no-encounters' && last.reason).toContain('--step-length');
  });

  it('tells by line what of the types cannot be read', async () => {
    const routes = ROUTES.replace('length="4" width="1.7"/>', 'length="long" width="1.7"/>');
    const { rejects } = await recorded({
      'drivers.rou.xml': routes,
      'run.fcd.xml': fcdXml({ seconds: 0.2, vehicles: evenly('kind') }),
    });
    expect(rejects.rows).toEqual([
      {
        file: 'drivers.rou.xml',
        line: 3,
        reason: 'length "long" of vType "kind" is no number from 0.1 to 30',
      },
    ]);
  });
});
