import { describe, expect, it } from 'vitest';
import { besideWhat } from './beside.ts';

describe('where a remark is shown', () => {
  it.each([
    ['replay', 'replay'],
    ['picture:entry', 'replay'],
    ['report', 'report'],
    ['measure:petSeconds', 'measure:petSeconds'],
    ['measure:lidar', 'case'],
    ['upload:7', 'case'],
    ['case', 'case'],
    ['weather', 'case'],
  ])('%s is shown by %s', (about, item) => {
    expect(besideWhat(about, ['petSeconds'])).toBe(item);
  });
});
