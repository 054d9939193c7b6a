import type { FootageLine } from '@wayside/contracts/footage';
import { FootageLine as Schema } from '@wayside/contracts/footage';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { planStreets } from '../street/layouts.ts';
import type { StreetPlan } from '../street/plan.ts';
import { footageOf } from './footage.ts';

const plan = planStreets({ seed: 4, sites: 1, busyness: 2, daringShare: 0.9 })[0] as StreetPlan;
const lines = (surveyed = true): readonly FootageLine[] => [
  ...footageOf({ plan, seed: 4, severity: 'fair', seconds: 90, surveyed }),
];
const isLine = Compile(Schema);

describe('footage', () => {
  const seen = lines();

  it('opens with its scene, and every line is as agreed', () => {
    expect(seen[0]?.kind).toBe('scene');
    expect(seen.filter((line) => !isLine.Check(line))).toEqual([]);
    expect(new Set(seen.map(({ kind }) => kind))).toEqual(
      new Set(['scene', 'track', 'message', 'encounter']),
    );
  });

  it('is the same for the same seed', () => {
    expect(lines()).toEqual(seen);
  });

  it('names a vehicle alike in the truth about tracks and about encounters, and plates as cameras do', () => {
    const shown = new Set(seen.flatMap((line) => (line.kind === 'track' ? [line.object] : [])));
    const met = seen.filter((line) => line.kind === 'encounter');
    expect(met.length).toBeGreaterThan(3);
    expect(met.some(({ vehicle }) => shown.has(vehicle))).toBe(true);
    const plates = new Set(
      seen.flatMap((line) =>
        line.kind === 'message' ? line.message.data.objects.map(({ plate }) => plate) : [],
      ),
    );
    expect(met.some(({ plate }) => plate !== null && plates.has(plate))).toBe(true);
  });

  it('leaves out lanes and stop lines where nobody surveyed them', () => {
    const [scene] = lines(false);
    expect(scene?.kind === 'scene' && scene.site.approaches.flatMap(({ lanes }) => lanes)).toEqual([]);
    expect(scene?.kind === 'scene' && scene.site.approaches.every(({ stopLine }) => !stopLine)).toBe(true);
  });
});
