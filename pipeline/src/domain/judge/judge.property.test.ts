import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceMessage } from '@wayside/contracts/messages';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import type { JudgeContext, JudgeEffect } from './effects.ts';
import { initialJudgeState, judge, resumeOffset, type JudgeState } from './judge.ts';
import type { JudgeLimits } from './limits.ts';
import { batchMessages, statusMessage } from './testing/batches.ts';
import { framesOf, testSite, type StreetPlan } from './testing/street.ts';

const profile = shippedProfile('cn');
const slowCamera = {
  ...profile,
  road: { ...profile.road, thresholds: { ...profile.road.thresholds, minimumFramesPerSecond: 1 } },
};
const sites = ['a', 'b'].map((id) => testSite({ id }));
const context: JudgeContext = {
  site: ({ id }) => sites.find((site) => site.id === id),
  profile: () => slowCamera,
};
const limits = { keptObservations: 600, silentMessages: 60 };
const tightLimits = fc.record({
  keptObservations: fc.constantFrom(25, 80, 600),
  silentMessages: fc.constantFrom(15, 60, 100_000),
});

const vehicle = fc.record({
  track: fc.constantFrom('v1', 'v2', 'v3', 'v4'),
  fromSecond: fc.integer({ min: 0, max: 300 }),
  speedMps: fc.constantFrom(0.4, 2, 5, 9),
  restAt: fc.constantFrom(-12, -5, 0, 6, 30),
  restSeconds: fc.constantFrom(0, 3, 20, 100, 1000),
  x: fc.constantFrom(-2, 0, 2),
  missing: fc.constantFrom(0, 0, 3, 5),
});
const walker = fc.record({
  track: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
  fromSecond: fc.integer({ min: 0, max: 400 }),
  speedMps: fc.constantFrom(0.1, 0.7, 1.4),
  y: fc.constantFrom(-1, 0, 1, 9),
});

/** What one device sends: some boots, each a street cut into batches; some batches are sent out of turn. */
const deviceScript = fc.record({
  site: fc.constantFrom(0, 1),
  boots: fc.array(
    fc.record({
      startSecond: fc.integer({ min: 0, max: 600 }),
      seconds: fc.constantFrom(20, 120, 400),
      framesPerSecond: fc.constantFrom(1, 2),
      vehicles: fc.array(vehicle, { maxLength: 4 }),
      walkers: fc.array(walker, { maxLength: 4 }),
      sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
      swaps: fc.array(fc.nat(200), { maxLength: 4 }),
      shifts: fc.array(fc.record({ at: fc.nat(60), byMs: fc.constantFrom(-700, -3000, -60_000, 5000) }), {
        maxLength: 2,
      }),
      stops: fc.boolean(),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});
type DeviceScript = typeof deviceScript extends fc.Arbitrary<infer T> ? T : never;

function messagesOf(device: string, script: DeviceScript): DeviceMessage[] {
  let sequence = 1;
  return script.boots.flatMap((boot, b): DeviceMessage[] => {
    const bootId = `boot-${b}`;
    const plan: StreetPlan = {
      ...boot,
      startMs: 1_700_000_000_000 + b * 1_000_000 + boot.startSecond * 1000,
    };
    const camera = { site: sites[script.site] ?? testSite(), device, bootId, firstSequence: sequence };
    let sent: DeviceMessage[] = batchMessages(framesOf(plan), camera, boot.sizes);
    sequence += sent.length + 1;
    for (const { at, byMs } of boot.shifts) sent = sent.map((one, i) => (i >= at ? shifted(one, byMs) : one));
    for (const at of boot.swaps) swap(sent, at);
    if (boot.stops)
      sent.push(
        statusMessage({ device, bootId, sequence: sequence - 1, timeMs: plan.startMs, state: 'stopping' }),
      );
    return sent;
  });
}

/** From here on the device's clock is another. */
function shifted(message: DeviceMessage, byMs: number): DeviceMessage {
  if (message.type !== 'org.wayside.observations.v1') return message;
  const frames = { ...message.data.frames, startMs: message.data.frames.startMs + byMs };
  return { ...message, data: { ...message.data, frames } };
}

function swap(messages: DeviceMessage[], at: number): void {
  const [a, b] = [messages[at], messages[at + 1]];
  if (a && b) messages.splice(at, 2, b, a);
}

/** Several devices' messages in one partition: each in its own order, mixed as `order` says. */
function mixed(queues: readonly DeviceMessage[][], order: readonly number[]): DeviceMessage[] {
  const left = queues.map((queue) => [...queue]);
  const log: DeviceMessage[] = [];
  for (let i = 0; left.some(({ length }) => length > 0); i++) {
    const filled = left.filter(({ length }) => length > 0);
    const next = filled[(order[i % order.length] ?? 0) % filled.length]?.shift();
    if (next) log.push(next);
  }
  return log;
}

const log = fc
  .record({
    scripts: fc.array(deviceScript, { minLength: 1, maxLength: 3 }),
    order: fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }),
  })
  .map(({ scripts, order }) =>
    mixed(
      scripts.map((script, i) => messagesOf(`cam-${i}`, script)),
      order,
    ),
  );

/** Frame by frame, badly out of turn, with vehicles that flicker: where a late message could do most harm. */
const turbulentLog = fc
  .record({
    devices: fc.array(
      fc.record({
        seen: fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 10, maxLength: 40 }),
        swaps: fc.array(fc.nat(39), { maxLength: 12 }),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    order: fc.array(fc.nat(5), { minLength: 1, maxLength: 20 }),
  })
  .map(({ devices, order }) => mixed(devices.map(turbulentMessages), order));

function turbulentMessages(
  { seen, swaps }: { readonly seen: readonly (readonly boolean[])[]; readonly swaps: readonly number[] },
  device: number,
): DeviceMessage[] {
  const frames = seen.map((vehicles, i) => ({
    timeMs: 1_700_000_000_000 + i * 500,
    objects: [
      { track: 'p', kind: 'pedestrian' as const, x: -6 + i * 0.5, y: 0 },
      ...vehicles.flatMap((there, v) =>
        there ? [{ track: `v${v}`, kind: 'car' as const, x: v * 3, y: -18 + i } as const] : [],
      ),
    ],
  }));
  const camera = { site: sites[0] ?? testSite(), device: `cam-${device}`, bootId: 'boot' };
  const sent: DeviceMessage[] = batchMessages(frames, camera, [1]);
  for (const at of swaps) swap(sent, at);
  return sent;
}

interface Step {
  readonly offset: number;
  readonly effects: string;
}

/** Reads a log from an offset (offsets begin at 1). @returns what each message gave, where it gave anything. */
function read(messages: readonly DeviceMessage[], from: number, state: JudgeState): Step[] {
  const steps: Step[] = [];
  for (let offset = from; offset <= messages.length; offset++) {
    const message = messages[offset - 1];
    if (!message) continue;
    const effects = judge(state, { offset, message }, context);
    if (effects.length > 0) steps.push({ offset, effects: JSON.stringify(effects) });
  }
  return steps;
}

/** @returns how many encounters the whole log holds. */
function crashChangesNothing(
  messages: readonly DeviceMessage[],
  limits: Partial<JudgeLimits>,
  committed: number,
): number {
  const undisturbed = read(messages, 1, initialJudgeState(limits));
  const crashed = initialJudgeState(limits);
  read(messages.slice(0, committed), 1, crashed);
  const resume = resumeOffset(crashed, committed + 1);
  const recovered = read(messages, resume, initialJudgeState(limits));
  const after = ({ offset }: Step): boolean => offset > committed;
  expect(recovered.filter(after)).toEqual(undisturbed.filter(after));
  return undisturbed.filter(({ effects }) => effects.includes('"encounter"')).length;
}

describe('the judge, whatever the street', () => {
  it('gives after a crash exactly what it would have given without one', () => {
    let verdicts = 0;
    fc.assert(
      fc.property(log, tightLimits, fc.nat(1000), (messages, limits, at) => {
        verdicts += crashChangesNothing(messages, limits, at % (messages.length + 1));
      }),
      { numRuns: 120, seed: 2 },
    );
    expect(verdicts).toBeGreaterThan(200);
  });

  it('does so where messages come late, one frame each, wherever the crash', () => {
    let verdicts = 0;
    fc.assert(
      fc.property(turbulentLog, tightLimits, (messages, limits) => {
        for (let committed = 0; committed <= messages.length; committed += 3)
          verdicts += crashChangesNothing(messages, limits, committed);
      }),
      { numRuns: 40, seed: 5 },
    );
    expect(verdicts).toBeGreaterThan(200);
  });

  it('never lets the resume offset go back, and brings it to the end once every device has stopped', () => {
    fc.assert(
      fc.property(log, (messages) => {
        const state = initialJudgeState(limits);
        let before = 0;
        for (const [i, message] of messages.entries()) {
          judge(state, { offset: i + 1, message }, context);
          const resume = resumeOffset(state, i + 2);
          expect(resume).toBeGreaterThanOrEqual(before);
          before = resume;
        }
        if (state.sites.size === 0) expect(before).toBe(messages.length + 1);
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

/** The verdicts of one camera's street, however its frames are cut up into messages. */
function verdictsOf(plan: StreetPlan, sizes: readonly number[], site = testSite()): unknown[] {
  const camera = { site, device: 'cam-1', bootId: 'boot-1' };
  const messages: DeviceMessage[] = batchMessages(framesOf(plan), camera, sizes);
  messages.push(
    statusMessage({
      device: 'cam-1',
      bootId: 'boot-1',
      sequence: 1e6,
      timeMs: plan.startMs,
      state: 'stopping',
    }),
  );
  const state = initialJudgeState();
  const only = { site: () => site, profile: () => slowCamera };
  return messages
    .flatMap((message, i) => judge(state, { offset: i + 1, message }, only))
    .filter((effect): effect is Extract<JudgeEffect, { kind: 'encounter' }> => effect.kind === 'encounter')
    .map(({ verdict, tracks, clock }) => ({ verdict, tracks, clock }))
    .sort((a, b) => (a.verdict.id < b.verdict.id ? -1 : 1));
}

const street = fc.record({
  startMs: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_900_000 }),
  seconds: fc.constantFrom(60, 200),
  framesPerSecond: fc.constantFrom(2, 5),
  vehicles: fc.uniqueArray(vehicle, { minLength: 1, maxLength: 4, selector: ({ track }) => track }),
  walkers: fc.uniqueArray(walker, { minLength: 1, maxLength: 5, selector: ({ track }) => track }),
});
const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 });

describe('a verdict', () => {
  it('does not depend on how the frames were cut up into messages', () => {
    fc.assert(
      fc.property(street, sizes, sizes, (plan, one, other) => {
        expect(verdictsOf(plan, one)).toEqual(verdictsOf(plan, other));
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
