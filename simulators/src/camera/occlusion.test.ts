import { describe, expect, it } from 'vitest';
import { isHidden, type Mast } from './occlusion.ts';
import type { Thing } from './scene.ts';

const mast: Mast = { u: 0, v: 20, heightMetres: 7 };
const thing = (kind: Thing['kind'], u: number, v: number, lengthMetres: number): Thing => ({
  key: `${kind}${u}`,
  kind,
  u,
  v,
  heading: 0,
  speedMps: 0,
  lengthMetres,
  widthMetres: 2,
  plate: undefined,
  emergency: false,
});
const person = thing('pedestrian', 0, 0, 0.6);

describe('what hides what', () => {
  it('a bus before a person does', () => {
    expect(isHidden(mast, person, [person, thing('bus', 1, 3, 12)])).toBe(true);
  });

  it('a bus behind a person, beside the line, or right under the mast does not', () => {
    for (const bus of [thing('bus', 0, -3, 12), thing('bus', 9, 3, 12), thing('bus', 0, 17, 12)])
      expect(isHidden(mast, person, [person, bus])).toBe(false);
  });

  it('nobody is hidden by a person or by itself', () => {
    expect(isHidden(mast, person, [person, thing('pedestrian', 0, 1, 0.6)])).toBe(false);
  });
});
