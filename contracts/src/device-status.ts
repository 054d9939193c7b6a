/**
 * A device says `online` at each start with the site it is set up for (its birth), `stopping` as its last word of a
 * boot (nothing more follows in that boot, so what is open can be judged), and leaves `lost` with the broker as its
 * last will. `online` and `stopping` are in the device's own sequence; a last will has sequence 0.
 */
import { Type, type Static } from 'typebox';
import { Envelope, MESSAGE_TYPES } from './envelope.ts';
import { Site } from './site.ts';

export const DeviceKind = Type.Union([
  Type.Literal('camera'),
  Type.Literal('handheld'),
  Type.Literal('signal'),
]);
export type DeviceKind = Static<typeof DeviceKind>;

export const DeviceStatus = Type.Object(
  {
    state: Type.Union([Type.Literal('online'), Type.Literal('stopping'), Type.Literal('lost')]),
    kind: DeviceKind,
    software: Type.String({ maxLength: 100, description: 'Name and version of the agent.' }),
    site: Type.Optional(Site),
    outbox: Type.Optional(
      Type.Object(
        {
          waiting: Type.Integer({
            minimum: 0,
            description: 'Messages not yet acknowledged when this was written.',
          }),
          dropped: Type.Integer({
            minimum: 0,
            description: 'Frames the device could not keep because its disk was full.',
          }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type DeviceStatus = Static<typeof DeviceStatus>;

export const StatusMessage = Envelope(MESSAGE_TYPES.status, DeviceStatus);
export type StatusMessage = Static<typeof StatusMessage>;
