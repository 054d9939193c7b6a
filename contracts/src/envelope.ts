/**
 * The envelope of every MQTT message: CloudEvents 1.0 in structured JSON mode, with the extension attributes
 * `device`, `bootid`, `sequence` and `sentat` (attribute names are lower-case letters and digits, §3.1 of the spec).
 */
import { Type, type Static, type TSchema } from 'typebox';
import { EpochMs, Slug } from './units.ts';

export const MESSAGE_TYPES = {
  observations: 'org.wayside.observations.v1',
  report: 'org.wayside.report.v1',
  signals: 'org.wayside.signals.v1',
  status: 'org.wayside.status.v1',
} as const;
export type MessageType = (typeof MESSAGE_TYPES)[keyof typeof MESSAGE_TYPES];

/** One identity for ever: a device's sequence never goes back, not even over a restart; a boot id is new at each start. */
export const Envelope = <T extends TSchema, N extends string>(type: N, data: T) =>
  Type.Object(
    {
      specversion: Type.Literal('1.0'),
      id: Type.String({ maxLength: 200, description: '`<device>/<bootid>/<sequence>`' }),
      source: Type.String({ maxLength: 200, description: '`/devices/<device>`' }),
      type: Type.Literal(type),
      time: Type.String({
        format: 'date-time',
        description: "The device's clock at the first fact inside (RFC 3339).",
      }),
      datacontenttype: Type.Literal('application/json'),
      device: Slug,
      bootid: Type.String({ pattern: '^[A-Za-z0-9_-]{4,40}$' }),
      sequence: Type.Integer({
        minimum: 0,
        maximum: 2_147_483_647,
        description: '1, 2, 3 … per device, never reused; 0 only in a last will, which the broker sends.',
      }),
      sentat: EpochMs,
      data,
    },
    { additionalProperties: false, $id: type },
  );

export interface EnvelopeFields {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly device: string;
  readonly bootid: string;
  readonly sequence: number;
  /** The device's clock when the message entered its outbox, ms since the epoch: where detection-to-hold starts. */
  readonly sentat: number;
}

/** Builds the attributes of one message; the caller adds `data`. */
export function envelopeFields(of: {
  readonly type: MessageType;
  readonly device: string;
  readonly bootId: string;
  readonly sequence: number;
  readonly timeMs: number;
  readonly sentAtMs: number;
}): EnvelopeFields {
  return {
    specversion: '1.0',
    id: `${of.device}/${of.bootId}/${of.sequence}`,
    source: `/devices/${of.device}`,
    type: of.type,
    time: new Date(of.timeMs).toISOString(),
    datacontenttype: 'application/json',
    device: of.device,
    bootid: of.bootId,
    sequence: of.sequence,
    sentat: of.sentAtMs,
  };
}

export type Enveloped<N extends string, T> = EnvelopeFields & { readonly type: N; readonly data: T };
export type EnvelopeOf<S extends TSchema> = Static<S>;
