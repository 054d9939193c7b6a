import { describe, expect, it } from 'vitest';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import { loadProfiles, parseProfile } from './profiles.ts';

const cn = shippedProfile('cn');
const uk = shippedProfile('uk');

/** A copy that may be spoilt. */
const spoilt = (change: (profile: LawProfile) => void): string => {
  const copy = structuredClone(cn);
  change(copy);
  return JSON.stringify(copy);
};
const faultsOf = (text: string): readonly string[] => {
  const parsed = parseProfile(text);
  return parsed.ok ? [] : parsed.faults;
};

describe('the shipped profiles', () => {
  it('take three points for not giving way, and count as their country does', () => {
    expect(cn.road.account).toMatchObject({ counts: 'down', initial: 12, limit: 0 });
    expect(uk.road.account).toMatchObject({ counts: 'up', initial: 0, limit: 12 });
    expect(Object.values(cn.road.rules).map(({ points }) => points)).toEqual([3, 0, 3]);
    expect([cn.road.yield.geometry, uk.road.yield.geometry]).toEqual(['lane-and-half', 'whole-crossing']);
  });

  it('have been read by no lawyer yet, and say so', () => {
    expect([cn.reviewedBy, uk.reviewedBy]).toEqual([null, null]);
  });
});

describe('reading a profile', () => {
  it('names every fault at once, with its place', () => {
    const text = spoilt((profile) => {
      profile.road.thresholds.clearPetSeconds = 4;
      profile.road.thresholds.stoppedMps = 1;
      profile.road.thresholds.yieldedMps = 0.5;
      profile.road.account.limit = 12;
      profile.appeal.sources = ['hearsay'];
    });
    expect(faultsOf(text)).toEqual([
      '/appeal/sources cites "hearsay", which is not among /sources',
      '/sources has "mps-163-36", which nothing cites',
      '/road/account/limit must be below initial where the account counts down',
      '/road/thresholds/clearPetSeconds must not exceed maxPetSeconds',
      '/road/thresholds/stoppedMps must not exceed yieldedMps',
    ]);
  });

  it('names what does not fit the schema, and what is not JSON', () => {
    expect(faultsOf(spoilt((profile) => Object.assign(profile.road, { yield: {} }))).join()).toMatch(
      /\/road\/yield/,
    );
    expect(faultsOf('{')[0]).toMatch(/is not JSON/);
  });

  it('tells the faults of all files, and ids that two of them claim', () => {
    const loaded = loadProfiles([
      { name: 'a.json', text: JSON.stringify(cn) },
      { name: 'b.json', text: JSON.stringify(cn) },
      { name: 'c.json', text: 'no' },
    ]);
    expect(loaded.ok).toBe(false);
    if (loaded.ok) return;
    expect(loaded.faults[0]).toMatch(/^c\.json: is not JSON/);
    expect(loaded.faults[1]).toBe('profile "cn" is defined more than once');
  });
});
