import { describe, expect, it } from 'vitest';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { textsIn } from '../../testing/law.ts';
import { loadProfiles } from './profiles.ts';

const loaded = loadProfiles(textsIn('profiles'));
const shipped = new Map(loaded.ok ? loaded.profiles.map((profile) => [profile.id, profile]) : []);
const profileOf = (id: string): LawProfile => {
  const profile = shipped.get(id);
  if (!profile) throw new Error(`no profile "${id}"`);
  return profile;
};

/** A copy of China's that may be spoilt. */
const spoilt = (change: (profile: LawProfile) => void): string => {
  const copy = structuredClone(profileOf('cn'));
  change(copy);
  return JSON.stringify(copy);
};
const faultsOf = (text: string): readonly string[] => {
  const result = loadProfiles([{ name: 'p', text }]);
  return result.ok ? [] : result.faults.map((fault) => fault.replace(/^p: /, ''));
};

describe('the shipped profiles', () => {
  it('are those of six laws, without a fault', () => {
    expect(loaded).toMatchObject({ ok: true });
    expect([...shipped.keys()].sort()).toEqual(['cn', 'de', 'fr', 'it', 'uk', 'us-uvc']);
  });

  it.each([
    // not yielding, standing on the crosswalk, overtaking there
    ['cn', 3, 0, 3],
    ['uk', 3, 0, 3],
    ['de', 1, 0, 1],
    ['fr', 6, 0, 0],
    ['it', 8, 0, 0],
    ['us-uvc', 0, 0, 0],
  ])('take for not yielding, standing, overtaking: %s %i, %i, %i', (id, ...points) => {
    expect(Object.values(profileOf(id).road.rules).map((terms) => terms.points)).toEqual(points);
  });

  it.each([
    // a red light, then by bands: [from seconds, points]; speed: [from, points] in km/h or as a share of the limit
    [
      'cn',
      [[0, 6]],
      'share',
      [
        [0, 0],
        [0.2, 3],
        [0.5, 6],
      ],
    ],
    ['uk', [[0, 3]], 'kmh', [[0, 3]]],
    [
      'de',
      [
        [0, 1],
        [1, 2],
      ],
      'kmh',
      [
        [0, 0],
        [21, 1],
        [31, 2],
      ],
    ],
    [
      'fr',
      [[0, 4]],
      'kmh',
      [
        [0, 0],
        [5, 1],
        [20, 2],
        [30, 3],
        [40, 4],
        [50, 6],
      ],
    ],
    [
      'it',
      [[0, 6]],
      'kmh',
      [
        [0, 0],
        [10, 3],
        [40, 6],
        [60, 10],
      ],
    ],
    ['us-uvc', [[0, 0]], 'kmh', [[0, 0]]],
  ])('take for red lights and speed: %s %j, %s %j', (id, red, bandsIn, fast) => {
    const { redLight, speeding } = profileOf(id).road;
    expect(redLight?.bands.map(({ fromSeconds, points }) => [fromSeconds, points])).toEqual(red);
    expect(speeding?.bandsIn).toBe(bandsIn);
    expect(speeding?.bands.map(({ from, points }) => [from, points])).toEqual(fast);
  });

  it.each([
    ['cn', 'down', 12, 0],
    ['uk', 'up', 0, 12],
    ['de', 'up', 0, 8],
    ['fr', 'down', 12, 0],
    ['it', 'down', 20, 0],
    ['us-uvc', 'up', 0, 12],
  ])('count: %s %s from %i to %i', (id, counts, initial, limit) => {
    expect(profileOf(id).road.account).toMatchObject({ counts, initial, limit });
  });

  it.each([
    ['cn', 'lane-and-half', 'on-crosswalk'],
    ['uk', 'whole-crossing', 'on-crosswalk'],
    ['de', 'whole-crossing', 'on-or-about-to-cross'],
    ['fr', 'whole-crossing', 'on-or-about-to-cross'],
    ['it', 'whole-crossing', 'on-or-about-to-cross'],
    ['us-uvc', 'half-road', 'on-crosswalk'],
  ])('owe the way: %s to whom is in %s, %s', (id, geometry, owedTo) => {
    expect(profileOf(id).road.yield).toMatchObject({ geometry, owedTo });
  });

  it('have been read by no lawyer yet, and say so', () => {
    expect([...shipped.values()].map(({ reviewedBy }) => reviewedBy)).toEqual(new Array(6).fill(null));
  });
});

describe('a profile that contradicts itself', () => {
  it('is refused with every fault at once, each with its place', () => {
    const text = spoilt((profile) => {
      profile.version = '2026-02-30';
      profile.reviewedBy = 'A. Lawyer';
      profile.road.thresholds.clearPetSeconds = 4;
      profile.road.thresholds.stoppedMps = 1;
      profile.road.thresholds.yieldedMps = 0.5;
      profile.road.account.initial = 2;
      profile.road.account.limit = 4;
      profile.road.rules['overtake-at-crosswalk'].sources = ['wayside'];
      profile.rail.rules['seat-refusal'].points = 4;
      profile.appeal.sources = ['hearsay'];
    });
    expect(faultsOf(text)).toEqual([
      '/road/account/limit must be below initial where the account counts down',
      '/road/rules/fail-to-yield/points is 3, more than the 2 an account has',
      '/road/rules/overtake-at-crosswalk/points is 3, more than the 2 an account has',
      '/road/thresholds/clearPetSeconds must not exceed maxPetSeconds',
      '/road/thresholds/stoppedMps must not exceed yieldedMps',
      '/rail/rules/seat-refusal/points is 4, more than the 3 an account has',
      '/reviewedBy is "A. Lawyer", but "cn-speed-practice" is still unverified',
      '/reviewedBy is "A. Lawyer", but "pet-literature" is still unverified',
      "/road/rules/overtake-at-crosswalk takes points on this project's word alone",
      '/road/redLight/bands/0 takes 6 points, more than the 2 an account has',
      '/road/speeding/bands/1 takes 3 points, more than the 2 an account has',
      '/road/speeding/bands/2 takes 6 points, more than the 2 an account has',
      '/version begins with "2026-02-30", which is no date',
      '/appeal/sources cites "hearsay", which is not among /sources',
      '/sources has "rtsl-43", which nothing cites',
      '/sources has "mps-163-36", which nothing cites',
    ]);
  });

  it('is refused where its bands leave a gap, go back, or take points on no law', () => {
    const text = spoilt(({ road: { redLight, speeding } }) => {
      redLight?.bands.splice(0, 1, { fromSeconds: 1, points: 6, sources: ['wayside'] });
      if (!speeding) throw new Error('no terms for speed');
      speeding.bands = [
        { from: 0, points: 3, sources: ['mps-163-light-speed'] },
        { from: 20, points: 0, sources: ['mps-163-light-speed'] },
        { from: 20, points: 6, sources: ['mps-163-light-speed'] },
      ];
    });
    expect(faultsOf(text)).toEqual([
      '/road/redLight/bands/0 must begin at 0: what is less would have no points named',
      '/road/redLight/bands/0 takes points on this project’s word alone',
      '/road/speeding/bands/1 takes fewer points than the lesser one before it',
      '/road/speeding/bands/2 must begin above the one before it',
      '/road/speeding/bands/1/from is 20, but bandsIn says that it is a share',
      '/road/speeding/bands/2/from is 20, but bandsIn says that it is a share',
    ]);
  });

  it('is told of these also where its shape is broken elsewhere', () => {
    const faults = faultsOf(
      spoilt((profile) => {
        profile.road.account.limit = 12;
        Object.assign(profile.appeal, { days: 'ten' });
        Object.assign(profile.road, { yield: {} });
      }),
    );
    expect(faults.some((fault) => fault.startsWith('/appeal/days'))).toBe(true);
    expect(faults.some((fault) => fault.startsWith('/road/yield'))).toBe(true);
    expect(faults).toContain('/road/account/limit must be below initial where the account counts down');
  });

  it('is refused where it is no JSON, or no profile at all', () => {
    expect(faultsOf('{')[0]).toMatch(/is not JSON/);
    expect(faultsOf('7')).not.toEqual([]);
    expect(faultsOf('{"sources": [null], "road": 3, "rail": {"rules": []}}')).not.toEqual([]);
  });

  it('is told the faults of all files, and ids that two of them claim', () => {
    const cn = JSON.stringify(profileOf('cn'));
    const result = loadProfiles([
      { name: 'a.json', text: cn },
      { name: 'b.json', text: cn },
      { name: 'c.json', text: 'no' },
    ]);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.faults[0]).toMatch(/^c\.json: is not JSON/);
    expect(result.faults[1]).toBe('profile "cn" is defined more than once');
  });
});
