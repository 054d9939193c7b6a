/** All that may cross the MQTT boundary, and the one way to read it. */
import { Compile } from 'typebox/compile';
import { batchFault, ObservationMessage } from './observation-batch.ts';
import { reportFault, ReportMessage } from './conductor-report.ts';
import { StatusMessage } from './device-status.ts';
import { signalFault, SignalMessage } from './signal-phases.ts';
import { textFault } from './text-fault.ts';
import type { Channel } from './topics.ts';

export type DeviceMessage = ObservationMessage | ReportMessage | SignalMessage | StatusMessage;

const validators = {
  observations: Compile(ObservationMessage),
  reports: Compile(ReportMessage),
  signals: Compile(SignalMessage),
  status: Compile(StatusMessage),
};

export type ParsedMessage =
  /** `text` is the payload without a byte order mark: what `message` was read from. */
  | { readonly kind: 'message'; readonly message: DeviceMessage; readonly text: string }
  | { readonly kind: 'invalid'; readonly reason: 'not-json' | 'schema' | 'content'; readonly detail: string };

/**
 * Reads one MQTT payload. Never throws.
 * @param channel the channel its topic names; the payload must be of that channel's type.
 */
export function parseMessage(channel: Channel, payload: Uint8Array): ParsedMessage {
  let text: string;
  let value: unknown;
  try {
    text = decoder.decode(payload);
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'invalid', reason: 'not-json', detail: (error as Error).message.slice(0, 200) };
  }
  const validator = validators[channel];
  if (!validator.Check(value))
    return { kind: 'invalid', reason: 'schema', detail: schemaFault(validator.Errors(value)) };
  const message = value;
  const fault = contentFault(message) ?? textFault(text, message);
  return fault ? { kind: 'invalid', reason: 'content', detail: fault } : { kind: 'message', message, text };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function schemaFault(errors: Iterable<{ readonly instancePath: string; readonly message: string }>): string {
  for (const error of errors) return `${error.instancePath || '/'} ${error.message}`.slice(0, 300);
  return '/ does not fit the schema';
}

function contentFault(message: DeviceMessage): string | undefined {
  if (message.id !== `${message.device}/${message.bootid}/${message.sequence}`)
    return '/id must be <device>/<bootid>/<sequence>';
  if (message.type === 'org.wayside.status.v1')
    return (message.sequence === 0) === (message.data.state === 'lost')
      ? undefined
      : '/sequence must be 0 for "lost" and only there';
  if (message.sequence === 0) return '/sequence 0 is for last wills only';
  switch (message.type) {
    case 'org.wayside.observations.v1':
      return batchFault(message.data);
    case 'org.wayside.report.v1':
      return reportFault(message.data);
    case 'org.wayside.signals.v1':
      return signalFault(message.data);
  }
}
