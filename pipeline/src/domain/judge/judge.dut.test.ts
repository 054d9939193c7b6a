/** The bars on real recordings; docs/dut-disagreements.md explains each vehicle. */
import { describe, expect, it } from 'vitest';
import { dutIsThere, judgeDut, shippedProfile, type DutVehicle } from '../../../bench/judge-dut-clips.ts';

const labels = ({ pairs }: DutVehicle): readonly string[] => pairs.map(({ label }) => label);
const name = ({ clip, track }: DutVehicle): string => `${clip}/${track}`;

describe.skipIf(!dutIsThere())('the DUT recordings (../shared/data/dut), judged under cn', () => {
  const vehicles = dutIsThere() ? judgeDut(shippedProfile('cn')) : [];
  const withOutcome = (outcome: string): readonly string[] =>
    vehicles.filter(({ effect }) => effect?.verdict.outcome === outcome).map(name);

  it('hold an infraction or a doubt for every vehicle with a nonyield pair', () => {
    const nonyield = vehicles.filter((vehicle) => labels(vehicle).includes('nonyield'));
    expect(nonyield.map(name)).toEqual([
      'intersection_01/1',
      'intersection_07/2',
      'intersection_12/0',
      'intersection_14/0',
    ]);
    for (const { effect } of nonyield) expect(['infraction', 'undecided']).toContain(effect?.verdict.outcome);
  });

  it('hold no infraction of a vehicle whose pairs that say anything all say it yielded', () => {
    const telling = (vehicle: DutVehicle): readonly string[] =>
      labels(vehicle).filter((label) => label === 'yield' || label === 'nonyield');
    const yielding = vehicles.filter(
      (vehicle) => telling(vehicle).length > 0 && !telling(vehicle).includes('nonyield'),
    );
    expect(yielding.length).toBeGreaterThanOrEqual(5);
    for (const vehicle of yielding)
      expect([name(vehicle), vehicle.effect?.verdict.outcome]).not.toContain('infraction');
  });

  it('hold no infraction of a parked vehicle: two stand there in five clips', () => {
    const parked = vehicles.filter(
      ({ clip, track }) => /_0[34579]$/.test(clip) && (track === '0' || track === '1'),
    );
    expect(parked).toHaveLength(10);
    for (const { effect } of parked) expect(['clear', undefined]).toContain(effect?.verdict.outcome);
  });

  it('hold exactly these infractions and doubts', () => {
    expect(withOutcome('infraction')).toEqual(['intersection_01/1', 'intersection_12/0']);
    expect(withOutcome('undecided')).toEqual([
      'intersection_07/2',
      'intersection_09/2',
      'intersection_14/0',
      'intersection_16/0',
    ]);
  });
});
