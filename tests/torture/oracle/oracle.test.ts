/** The oracle is right about the rules, or what it says of a run means nothing. */
import { readFileSync } from 'node:fs';
import type { DeviceMessage } from '@wayside/contracts/messages';
import { parseMessage } from '@wayside/contracts/messages';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { initialJudgeState, judge } from '@wayside/pipeline/domain/judge/judge';
import { describe, expect, it } from 'vitest';
import { castOf, type Player } from './cast.ts';
import { encounterKey, expectedOf, PRICES } from './expected.ts';
import { messageOf } from './message.ts';
import { siteOf } from './scene.ts';
import { endsWell, messagesABoot, stepOf } from './script.ts';

const START_MS = Date.UTC(2026, 10, 23, 12);
const profile = JSON.parse(
  readFileSync(new URL('../../../pipeline/profiles/cn.json', import.meta.url), 'utf8'),
) as LawProfile;
const prices = PRICES;
const cast = castOf({ seed: 7, startMs: START_MS, doors: ['house'], cameras: 4, handhelds: 2, raws: 1 });
const last = (player: Player): number => 2 * messagesABoot(player);

const channelOf = (message: DeviceMessage) =>
  message.type === 'org.wayside.report.v1'
    ? 'reports'
    : message.type === 'org.wayside.status.v1'
      ? 'status'
      : 'observations';

describe.each(cast)('what $device says', (player) => {
  const messages = Array.from({ length: last(player) }, (_, index) => messageOf(player, index + 1, START_MS));

  it('keeps to the contract', () => {
    for (const message of messages) {
      const parsed = parseMessage(channelOf(message), Buffer.from(JSON.stringify(message)));
      expect(parsed).toMatchObject({ kind: 'message' });
    }
  });

  it('is judged as the oracle says, and nothing else is', () => {
    const state = initialJudgeState();
    const context = { site: () => siteOf(player), profile: () => profile };
    const effects = messages.flatMap((message, index) =>
      judge(state, { offset: index + 1, message }, context),
    );
    const found = effects.map((effect) => {
      if (effect.kind === 'unusable') return { key: effect.reason, outcome: 'unusable', points: 0 };
      const { verdict } = effect;
      const key =
        verdict.kind === 'report'
          ? verdict.id
          : encounterKey(verdict.device, verdict.bootId, verdict.vehicle.track);
      const points = verdict.findings.reduce((sum, finding) => sum + finding.points, 0);
      return { key, outcome: verdict.outcome, points };
    });
    const expected = expectedOf(player, last(player), prices);
    expect(found).toEqual(expected.map(({ key, outcome, points }) => ({ key, outcome, points })));
    expect(new Set(expected.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
  });
});

describe('a script', () => {
  const camera = { kind: 'camera', by: 'uplink' } as const;

  it('begins each boot with `online` and ends it with `stopping`', () => {
    const length = messagesABoot(camera);
    expect(stepOf(camera, 1)).toEqual({ kind: 'online', boot: 1 });
    expect(stepOf(camera, length)).toEqual({ kind: 'stopping', boot: 1 });
    expect(stepOf(camera, length + 1)).toEqual({ kind: 'online', boot: 2 });
    expect(stepOf(camera, length + 2)).toEqual({ kind: 'observations', boot: 2, scene: 15, second: 0 });
  });

  it('may be left between two scenes only', () => {
    expect(endsWell(camera, 2)).toBe(true);
    expect(endsWell(camera, 3)).toBe(false);
    expect(endsWell(camera, 18)).toBe(true);
  });
});
