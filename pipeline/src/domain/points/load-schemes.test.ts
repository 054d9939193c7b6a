import { describe, expect, it } from 'vitest';
import { textsIn } from '../../testing/law.ts';
import { loadProfiles } from '../law/profiles.ts';
import { loadSchemes } from './load-schemes.ts';

const texts = textsIn('profiles/points');
const loadedProfiles = loadProfiles(textsIn('profiles'));
const profiles = new Map(
  loadedProfiles.ok ? loadedProfiles.profiles.map((profile) => [profile.id, profile]) : [],
);
const faultsOf = (change: (scheme: Record<string, unknown>) => unknown, id = 'it.json') => {
  const { text } = texts.find(({ name }) => name === id)!;
  const loaded = loadSchemes(
    [{ name: id, text: JSON.stringify(change(JSON.parse(text) as Record<string, unknown>)) }],
    profiles,
  );
  return loaded.ok ? [] : loaded.faults;
};

describe('points schemes', () => {
  it('are shipped for six laws, without a contradiction to themselves or to their law profiles', () => {
    expect(profiles.size).toBeGreaterThan(0);
    const loaded = loadSchemes(texts, profiles);
    expect(loaded).toMatchObject({ ok: true });
    expect(loaded.ok && [...loaded.schemes.keys()].sort()).toEqual(['cn', 'de', 'fr', 'it', 'uk', 'us-uvc']);
  });

  it('that contradict themselves are refused with all their faults at once', () => {
    const faults = faultsOf((scheme) => ({
      ...scheme,
      timeZone: { id: 'Europe/Atlantis', sources: ['wayside'] },
      road: {
        clean: [{ months: 24, points: 'all', repeats: true, highest: 30, sources: ['hearsay'] }],
        education: {
          courses: [{ id: 'a', points: 1, when: 'at-limit', sources: ['cds-126bis'] }],
          most: { points: 1, sources: ['cds-126bis'] },
        },
        expiry: {
          from: 'posted',
          after: [
            { upToPoints: 3, months: 12 },
            { upToPoints: 2, months: 24 },
          ],
          sources: ['cds-126bis'],
        },
      },
    }));
    expect(faults).toEqual([
      expect.stringContaining('no time zone'),
      expect.stringContaining('names no months'),
      expect.stringContaining('from few points to many'),
      expect.stringContaining('nothing over for a bonus'),
      expect.stringContaining('cannot repeat'),
      expect.stringContaining('cites "hearsay"'),
    ]);
  });

  it('that contradict their law profile are refused', () => {
    const letters = (scheme: Record<string, unknown>) => ({
      ...scheme,
      road: { ...(scheme['road'] as object), letters: [{ at: 13, letter: 'x', sources: ['mps-163-17'] }] },
    });
    expect(faultsOf(letters, 'cn.json')).toEqual([expect.stringContaining('the limit is reached at 12')]);
  });
});
