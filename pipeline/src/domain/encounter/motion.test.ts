import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothed, smoothedBelow } from './motion.ts';

describe('whether a smoothed speed is below a level', () => {
  it('is what the medians themselves say', () => {
    const samples = fc.array(
      fc.record({ gap: fc.integer({ min: 1, max: 900 }), speed: fc.integer({ max: 30, min: 0 }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(samples, fc.integer({ min: 0, max: 31 }), (told, level) => {
        let ms = 0;
        const seconds = told.map(({ gap }) => (ms += gap) / 1000);
        const speeds = told.map(({ speed }) => speed);
        const medians = smoothed(seconds, speeds, 0.5);
        expect(smoothedBelow(seconds, speeds, 0.5, level)).toEqual(medians.map((median) => median < level));
      }),
    );
  });
});
