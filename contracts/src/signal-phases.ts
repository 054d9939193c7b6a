/**
 * What a signal showed: a controller's agent publishes a piece of the record about once a second, whether anything changed
 * or not. A piece says all of its span: from the first state it gives of a group to the span's end nothing else was shown.
 * Between two pieces nothing is known, so that a lost message is a gap and never a guess.
 */
import { Type, type Static } from 'typebox';
import { Envelope, MESSAGE_TYPES } from './envelope.ts';
import { ClockStatus } from './observation-batch.ts';
import { SiteRef } from './site.ts';
import { EpochMs, Slug } from './units.ts';

export const MAX_SPAN_MS = 60_000;
const MAX_CHANGES = 600;
const MAX_GROUPS = 32;

export const SignalState = Type.Union(
  [
    Type.Literal('red'),
    Type.Literal('red-amber'),
    Type.Literal('amber'),
    Type.Literal('green'),
    Type.Literal('flashing'),
    Type.Literal('dark'),
  ],
  { description: 'Of the heads that vehicles see. flashing: of any colour. dark: switched off, or failed.' },
);
export type SignalState = Static<typeof SignalState>;

const GroupPhases = Type.Object(
  {
    group: Slug,
    dtMs: Type.Array(Type.Integer({ minimum: 0, maximum: MAX_SPAN_MS }), {
      minItems: 1,
      maxItems: MAX_CHANGES,
      description:
        'When each state began, after startMs, strictly increasing; before the first the group is unknown.',
    }),
    state: Type.Array(SignalState, { minItems: 1, maxItems: MAX_CHANGES }),
  },
  { additionalProperties: false },
);

export const SignalPhases = Type.Object(
  {
    site: SiteRef,
    clock: ClockStatus,
    span: Type.Object(
      {
        startMs: EpochMs,
        dtMs: Type.Integer({ minimum: 1, maximum: MAX_SPAN_MS, description: 'How long it is.' }),
      },
      { additionalProperties: false },
    ),
    groups: Type.Array(GroupPhases, { maxItems: MAX_GROUPS }),
  },
  { additionalProperties: false },
);
export type SignalPhases = Static<typeof SignalPhases>;

export const SignalMessage = Envelope(MESSAGE_TYPES.signals, SignalPhases);
export type SignalMessage = Static<typeof SignalMessage>;

/** What a signal group showed around the moment that mattered, as evidence keeps it. */
export const SignalRecord = Type.Object(
  {
    group: Slug,
    devices: Type.Array(Slug, { description: 'The controllers it was told by.' }),
    clock: Type.Union([ClockStatus, Type.Null()], { description: 'The worst that any of them said.' }),
    fromMs: EpochMs,
    toMs: EpochMs,
    atMs: Type.Array(EpochMs, { description: 'From when each state was known to be shown.' }),
    state: Type.Array(Type.Union([SignalState, Type.Literal('unknown')])),
  },
  { additionalProperties: false },
);
export type SignalRecord = Static<typeof SignalRecord>;

/** The rules of a piece that JSON Schema cannot say. @returns the first fault in words, or undefined. */
export function signalFault({ span, groups }: SignalPhases): string | undefined {
  const seen = new Set<string>();
  for (const [index, { group, dtMs, state }] of groups.entries()) {
    if (seen.has(group)) return `/groups/${index}/group "${group}" stands twice in one message`;
    seen.add(group);
    if (state.length !== dtMs.length)
      return `/groups/${index}/state has ${state.length} values where dtMs has ${dtMs.length}`;
    if (dtMs.some((dt, i) => i > 0 && dt <= (dtMs[i - 1] as number)))
      return `/groups/${index}/dtMs must be strictly increasing`;
    if ((dtMs.at(-1) as number) >= span.dtMs) return `/groups/${index}/dtMs reaches beyond the span`;
  }
  return undefined;
}
