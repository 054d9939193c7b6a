import { describe, expect, it } from 'vitest';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import type { JudgeContext, JudgeEffect } from './effects.ts';
import { initialJudgeState, judge, resumeOffset } from './judge.ts';
import { batchMessages, statusMessage, type SeenFrame } from './testing/batches.ts';
import { testSite } from './testing/street.ts';

const profile = shippedProfile('cn');
const site = testSite();
const context: JudgeContext = { site: () => site, profile: () => profile };
const START_MS = Date.parse('2026-03-01T00:00:00Z');

/** A second of a street with a parked car on the crosswalk, a car crawling in circles in the area, and a pedestrian. */
const secondOf = (second: number): SeenFrame[] =>
  Array.from({ length: 2 }, (_, i) => ({
    timeMs: START_MS + second * 1000 + i * 500,
    objects: [
      { track: 'parked', kind: 'car' as const, x: 5, y: 0.01 * (i % 2) },
      {
        track: 'circling',
        kind: 'car' as const,
        x: -12 + 5 * Math.cos(second / 5),
        y: 5 * Math.sin(second / 5),
      },
      {
        track: `walker-${Math.floor(second / 12)}`,
        kind: 'pedestrian' as const,
        x: -8 + ((second % 12) * 16) / 12,
        y: 0,
      },
    ],
  }));

describe('what the judge remembers', () => {
  it('is bounded by a parked car and one that never leaves, hour after hour, and so is where to resume', () => {
    const state = initialJudgeState();
    let [kept, behind] = [0, 0];
    for (let second = 0; second < 2 * 3600; second++) {
      const [message] = batchMessages(
        secondOf(second),
        { site, device: 'cam', bootId: 'boot', firstSequence: second + 1 },
        [2],
      );
      if (!message) break;
      judge(state, { offset: second + 1, message }, context);
      for (const one of state.sites.values()) kept = Math.max(kept, one.kept.length);
      behind = Math.max(behind, second + 2 - resumeOffset(state, second + 2));
    }
    // Hard boundaries are 300 s apart, and spare passages younger than 60 s; before each, 60 s more are read again.
    expect(kept).toBeLessThan(380);
    expect(behind).toBeLessThan(440);
    expect(kept).toBeGreaterThan(280);
  });

  it('is a minute or so where cars only park', () => {
    const state = initialJudgeState();
    let kept = 0;
    const effects: JudgeEffect[] = [];
    for (let second = 0; second < 3600; second++) {
      const frames = secondOf(second).map((frame) => ({
        ...frame,
        objects: frame.objects.filter(({ track }) => track !== 'circling'),
      }));
      const [message] = batchMessages(
        frames,
        { site, device: 'cam', bootId: 'boot', firstSequence: second + 1 },
        [2],
      );
      if (!message) break;
      effects.push(...judge(state, { offset: second + 1, message }, context));
      for (const one of state.sites.values()) kept = Math.max(kept, one.kept.length);
    }
    expect(kept).toBeLessThan(60);
    const outcomes = new Set(
      effects.map((effect) => effect.kind === 'encounter' && effect.verdict.findings[0]?.reason),
    );
    expect([...outcomes]).toEqual(['parked']);
  });

  it('is nothing after every device has stopped', () => {
    const state = initialJudgeState();
    const [message] = batchMessages(secondOf(0), { site, device: 'cam', bootId: 'boot' }, [2]);
    if (message) judge(state, { offset: 1, message }, context);
    expect(resumeOffset(state, 2)).toBe(1);
    const stopping = statusMessage({
      device: 'cam',
      bootId: 'boot',
      sequence: 2,
      timeMs: START_MS,
      state: 'stopping',
    });
    judge(state, { offset: 2, message: stopping }, context);
    expect(state.sites.size).toBe(0);
    expect(resumeOffset(state, 3)).toBe(3);
  });

  it('is not held for ever by a device that died', () => {
    const state = initialJudgeState({ keptObservations: 1000, silentMessages: 10 });
    const camera = (device: string) => ({ site, device, bootId: 'boot' });
    const [dead] = batchMessages(secondOf(0), camera('dead'), [2]);
    if (dead) judge(state, { offset: 1, message: dead }, context);
    for (let second = 1; second < 12; second++) {
      const [message] = batchMessages(secondOf(second), { ...camera('alive'), firstSequence: second }, [2]);
      if (message) judge(state, { offset: second + 1, message }, context);
    }
    expect([...state.sites.values()].map(({ device }) => device)).toEqual(['alive']);
  });
});

describe('a message the judge cannot use', () => {
  const [first, second] = batchMessages(
    [...secondOf(0), ...secondOf(1)],
    { site, device: 'cam', bootId: 'boot' },
    [2],
  );

  it('is told as late when its sequence was overtaken, or its frames were seen already', () => {
    const state = initialJudgeState();
    if (!first || !second) throw new Error('two messages');
    expect(judge(state, { offset: 1, message: second }, context)).toEqual([]);
    const late = { kind: 'unusable', offset: 2, reason: 'late' };
    expect(judge(state, { offset: 2, message: first }, context)).toEqual([late]);
    const again = { ...second, sequence: 9 };
    expect(judge(state, { offset: 3, message: again }, context)).toEqual([{ ...late, offset: 3 }]);
  });

  it('is told as of an unknown site where the house never saw the geometry', () => {
    if (!first) throw new Error('a message');
    const effects = judge(
      initialJudgeState(),
      { offset: 1, message: first },
      { ...context, site: () => undefined },
    );
    expect(effects).toEqual([{ kind: 'unusable', offset: 1, reason: 'unknown-site' }]);
  });

  it('does not stop a camera whose clock is set back: time begins anew', () => {
    const state = initialJudgeState();
    if (!first || !second) throw new Error('two messages');
    const ahead = {
      ...first,
      data: { ...first.data, frames: { ...first.data.frames, startMs: START_MS + 86_400_000 } },
    };
    expect(judge(state, { offset: 1, message: ahead }, context)).toEqual([]);
    const kinds = judge(state, { offset: 2, message: second }, context).map(({ kind }) => kind);
    expect(kinds).not.toContain('unusable');
  });
});
