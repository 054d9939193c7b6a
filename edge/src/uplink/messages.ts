/** Builds the bytes of every message the uplink sends. */
import { envelopeFields, MESSAGE_TYPES } from '@wayside/contracts/envelope';
import type { DeviceStatus } from '@wayside/contracts/device-status';
import type { Channel } from '@wayside/contracts/topics';

const TYPE_OF = {
  observations: MESSAGE_TYPES.observations,
  reports: MESSAGE_TYPES.report,
  signals: MESSAGE_TYPES.signals,
  status: MESSAGE_TYPES.status,
} as const satisfies Record<Channel, string>;

/** Data that is JSON already, as a benchmark's is beforehand: it stands in its message as it is. */
export class ReadyJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export function messageBytes(of: {
  readonly channel: Channel;
  readonly device: string;
  readonly bootId: string;
  readonly sequence: number;
  readonly timeMs: number;
  readonly sentAtMs: number;
  readonly data: unknown;
}): Buffer {
  const fields = envelopeFields({ ...of, type: TYPE_OF[of.channel] });
  const data = of.data instanceof ReadyJson ? of.data.text : JSON.stringify(of.data);
  return Buffer.from(`${JSON.stringify(fields).slice(0, -1)},"data":${data}}`);
}

/** The last will; its sequence is 0, because the broker sends it. */
export function willBytes(of: {
  readonly device: string;
  readonly bootId: string;
  readonly nowMs: number;
  readonly status: Omit<DeviceStatus, 'state'>;
}): Buffer {
  const { device, bootId, nowMs, status } = of;
  const data: DeviceStatus = { ...status, state: 'lost' };
  return messageBytes({
    channel: 'status',
    device,
    bootId,
    sequence: 0,
    timeMs: nowMs,
    sentAtMs: nowMs,
    data,
  });
}
