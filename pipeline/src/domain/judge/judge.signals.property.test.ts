import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceMessage } from '@wayside/contracts/messages';
import type { SignalMessage, SignalState } from '@wayside/contracts/signal-phases';
import { shippedProfile } from '../../../bench/judge-dut-clips.ts';
import type { JudgeContext, JudgeEffect } from './effects.ts';
import { initialJudgeState, judge, resumeOffset } from './judge.ts';
import type { JudgeLimits } from './limits.ts';
import { batchMessages, statusMessage } from './testing/batches.ts';
import { signalMessages } from './testing/signals.ts';
import { framesOf, testSite, type StreetPlan } from './testing/street.ts';

const cn = shippedProfile('cn');
const slowCamera = {
  ...cn,
  road: { ...cn.road, thresholds: { ...cn.road.thresholds, minimumFramesPerSecond: 1 } },
};
const site = testSite({
  devices: ['cam', 'controller'],
  attentionMetres: 30,
  approaches: testSite().approaches.map((approach) => ({
    ...approach,
    stopLine: [
      [-6, approach.id === 'up' ? -4 : 4],
      [6, approach.id === 'up' ? -4 : 4],
    ],
    speedLimitMps: 6,
    signal: { group: approach.id },
  })),
});
const context: JudgeContext = { site: () => site, profile: () => slowCamera };

const START_MS = 1_700_000_000_000;
const SECONDS = 90;

const vehicle = fc.record({
  track: fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5'),
  fromSecond: fc.integer({ min: 0, max: 80 }),
  speedMps: fc.constantFrom(2, 5, 9, 13),
  restAt: fc.constantFrom(-12, -6, -4, 0, 30),
  restSeconds: fc.constantFrom(0, 3, 12),
  x: fc.constantFrom(-2, 2),
  missing: fc.constantFrom(0, 0, 0, 5),
});
const street: fc.Arbitrary<StreetPlan> = fc.record({
  startMs: fc.constant(START_MS),
  seconds: fc.constant(SECONDS),
  framesPerSecond: fc.constantFrom(2, 5),
  vehicles: fc.uniqueArray(vehicle, { minLength: 2, maxLength: 5, selector: ({ track }) => track }),
  walkers: fc.constant([]),
});
const programme = fc.record({
  greenSeconds: fc.integer({ min: 2, max: 15 }),
  redSeconds: fc.integer({ min: 2, max: 15 }),
  lost: fc.array(fc.integer({ min: -5, max: SECONDS }), { maxLength: 3 }),
});
type Programme = typeof programme extends fc.Arbitrary<infer T> ? T : never;

function shownBy({ greenSeconds, redSeconds }: Programme): (readonly [number, SignalState])[] {
  const shows: (readonly [number, SignalState])[] = [];
  for (let at = -20; at < SECONDS + 20; at += greenSeconds + 3 + redSeconds)
    shows.push([at, 'green'], [at + greenSeconds, 'amber'], [at + greenSeconds + 3, 'red']);
  return shows;
}

const controllerSays = (plan: Programme, pieceSeconds = 1): SignalMessage[] =>
  signalMessages({ site, startMs: START_MS, seconds: SECONDS, shows: shownBy(plan), pieceSeconds });

const cameraSays = (plan: StreetPlan, sizes: readonly number[]): DeviceMessage[] => [
  ...batchMessages(framesOf(plan), { site, device: 'cam', bootId: 'boot' }, sizes),
];

/** When the last fact inside happened. */
const endOf = (message: DeviceMessage): number => {
  if (message.type === 'org.wayside.signals.v1') return message.data.span.startMs + message.data.span.dtMs;
  if (message.type !== 'org.wayside.observations.v1') return Infinity;
  return message.data.frames.startMs + (message.data.frames.dtMs.at(-1) ?? 0);
};

/** Both in their own order; each message is late by what comes of its delay, the camera's by none. */
function mixed(
  camera: readonly DeviceMessage[],
  controller: readonly DeviceMessage[],
  delaysMs: readonly number[],
) {
  let latest = 0;
  const due = controller.map((message, i) => {
    latest = Math.max(latest, endOf(message) + (delaysMs[i % delaysMs.length] ?? 0));
    return { message, atMs: latest };
  });
  const others = camera.map((message) => ({ message, atMs: endOf(message) }));
  return [...due, ...others].sort((a, b) => a.atMs - b.atMs).map(({ message }) => message);
}

const stopping = statusMessage({
  device: 'cam',
  bootId: 'boot',
  sequence: 1e6,
  timeMs: START_MS,
  state: 'stopping',
});

function verdictsOf(log: readonly DeviceMessage[]): unknown[] {
  const state = initialJudgeState();
  return [...log, stopping]
    .flatMap((message, i) => judge(state, { offset: i + 1, message }, context))
    .filter((effect): effect is Extract<JudgeEffect, { kind: 'encounter' }> => effect.kind === 'encounter')
    .map(({ verdict, tracks, signal }) => ({ verdict, tracks, signal }))
    .sort((a, b) => (a.verdict.id < b.verdict.id ? -1 : 1));
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
/** Before or after the camera, by less than the judge waits; a batch of frames may be 15 s long and adds to it. */
const delays = fc.array(fc.integer({ min: -15_000, max: 3_000 }), { minLength: 1, maxLength: 10 });

describe('a verdict under a signal', () => {
  it('does not depend on who is heard first, nor on how either cut up what it had to say', () => {
    let red = 0;
    fc.assert(
      fc.property(
        street,
        programme,
        sizes,
        delays,
        fc.constantFrom(0.5, 1, 2),
        (plan, lights, cut, late, piece) => {
          const one = verdictsOf(mixed(cameraSays(plan, [5]), controllerSays(lights), [0]));
          const other = verdictsOf(mixed(cameraSays(plan, cut), controllerSays(lights, piece), late));
          expect(other).toEqual(one);
          red += JSON.stringify(one).split('"passed-red"').length - 1;
        },
      ),
      { numRuns: 120, seed: 7 },
    );
    expect(red).toBeGreaterThan(40);
  });

  it('accuses nobody of a red light in whose moment a piece is missing', () => {
    fc.assert(
      fc.property(street, programme, (plan, lights) => {
        const silent = controllerSays(lights).filter(
          ({ data }) => !lights.lost.includes((data.span.startMs - START_MS) / 1000),
        );
        const whole = verdictsOf(mixed(cameraSays(plan, [5]), controllerSays(lights), [0]));
        const found = JSON.stringify(verdictsOf(mixed(cameraSays(plan, [5]), silent, [0])));
        const accused = (text: string): number => text.split('"passed-red"').length - 1;
        expect(accused(found)).toBeLessThanOrEqual(accused(JSON.stringify(whole)));
      }),
      { numRuns: 40, seed: 8 },
    );
  });
});

interface Step {
  readonly offset: number;
  readonly effects: string;
}

function read(messages: readonly DeviceMessage[], from: number, limits: Partial<JudgeLimits>) {
  const state = initialJudgeState(limits);
  const steps: Step[] = [];
  for (let offset = from; offset <= messages.length; offset++) {
    const message = messages[offset - 1];
    const effects = message ? judge(state, { offset, message }, context) : [];
    if (effects.length > 0) steps.push({ offset, effects: JSON.stringify(effects) });
  }
  return { state, steps };
}

const swap = (messages: DeviceMessage[], at: number): void => {
  const [a, b] = [messages[at], messages[at + 1]];
  if (a && b) messages.splice(at, 2, b, a);
};

describe('the judge of a site with a signal', () => {
  it('gives after a crash exactly what it would have given without one', () => {
    const trouble = fc.record({
      plan: street,
      lights: programme,
      cut: sizes,
      at: fc.nat(1000),
      swaps: fc.array(fc.nat(120), { maxLength: 8 }),
      back: fc.option(fc.record({ at: fc.nat(80), byMs: fc.constantFrom(-60_000, -3_000, 20_000) })),
      delays,
    });
    const limits = fc.record({
      signalMs: fc.constantFrom(5_000, 30_000, 180_000),
      signalPieces: fc.constantFrom(4, 1_000),
      silentMessages: fc.constantFrom(12, 60, 100_000),
    });
    fc.assert(
      fc.property(trouble, limits, ({ plan, lights, cut, at, ...ill }, bounds) => {
        const { back } = ill;
        const controller: DeviceMessage[] = controllerSays(lights).map((message, i) =>
          back && i >= back.at ? shifted(message, back.byMs) : message,
        );
        const log = mixed(cameraSays(plan, cut), controller, ill.delays);
        for (const place of ill.swaps) swap(log, place);
        const committed = at % (log.length + 1);
        const undisturbed = read(log, 1, bounds).steps;
        const crashed = read(log.slice(0, committed), 1, bounds).state;
        const resume = resumeOffset(crashed, committed + 1);
        const recovered = read(log, resume, bounds).steps;
        const after = ({ offset }: Step): boolean => offset > committed;
        expect(recovered.filter(after)).toEqual(undisturbed.filter(after));
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it('never lets the resume offset go back, and holds it no longer than it remembers', () => {
    const state = initialJudgeState({ signalMs: 10_000 });
    const log = controllerSays({ greenSeconds: 5, redSeconds: 5, lost: [] });
    let before = 0;
    for (const [i, message] of log.entries()) {
      judge(state, { offset: i + 1, message }, context);
      const resume = resumeOffset(state, i + 2);
      expect(resume).toBeGreaterThanOrEqual(before);
      expect(i + 1 - resume).toBeLessThanOrEqual(12);
      before = resume;
    }
  });
});

/** From here on the controller's clock is another. */
const shifted = (message: SignalMessage, byMs: number): SignalMessage => ({
  ...message,
  data: { ...message.data, span: { ...message.data.span, startMs: message.data.span.startMs + byMs } },
});
