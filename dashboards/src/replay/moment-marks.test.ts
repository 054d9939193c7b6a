import { expect, it } from 'vitest';
import { momentMarks } from './moment-marks.ts';

it('numbers the key moments where they are', () => {
  expect(momentMarks([0.1, 0.5, 0.9], 0.1)).toEqual([
    { at: 0.1, label: '1' },
    { at: 0.5, label: '2' },
    { at: 0.9, label: '3' },
  ]);
});

it('lets numbers that would cover one another share the later place, and skips what was not seen', () => {
  expect(momentMarks([0.1, 0.5, 0.52], 0.1)).toEqual([
    { at: 0.1, label: '1' },
    { at: 0.52, label: '2·3' },
  ]);
  expect(momentMarks([undefined, 0.5, undefined], 0.1)).toEqual([{ at: 0.5, label: '2' }]);
});
