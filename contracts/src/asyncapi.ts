/** The AsyncAPI 3 document of what devices send, from the schemas. */
import { ReportMessage } from './conductor-report.ts';
import { StatusMessage } from './device-status.ts';
import { MESSAGE_TYPES } from './envelope.ts';
import { exampleObservations, exampleReport, exampleSignals, exampleStatus } from './examples.ts';
import { nameSchemas } from './named-schemas.ts';
import { ObservationMessage } from './observation-batch.ts';
import { SignalMessage } from './signal-phases.ts';
import { CHANNELS, topicOf, type Channel } from './topics.ts';

const MESSAGES = {
  observations: {
    title: 'Observations',
    summary: 'What a camera saw in about a second, as columns.',
    type: MESSAGE_TYPES.observations,
    payload: ObservationMessage,
    example: exampleObservations,
  },
  reports: {
    title: 'Conductor report',
    summary: 'What a conductor files about a seat.',
    type: MESSAGE_TYPES.report,
    payload: ReportMessage,
    example: exampleReport,
  },
  signals: {
    title: 'Signal phases',
    summary: 'What a signal controller showed over about a second, changes and all.',
    type: MESSAGE_TYPES.signals,
    payload: SignalMessage,
    example: exampleSignals,
  },
  status: {
    title: 'Device status',
    summary: 'A birth at each start, a last word, or the last will that the broker sends.',
    type: MESSAGE_TYPES.status,
    payload: StatusMessage,
    example: exampleStatus,
  },
} as const;

const QOS_1 = { mqtt: { qos: 1, retain: false, bindingVersion: '0.2.0' } };

export function asyncApiDocument(version: string): Readonly<Record<string, unknown>> {
  const { value, schemas } = nameSchemas(perChannel(messageOf), '#/components/schemas/', 'draft-07');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Wayside devices',
      version,
      description:
        'Cameras, signal controllers and handhelds send over MQTT 5 or 3.1.1, each below a prefix of its own. A PUBACK means that the ' +
        'message is stored: until it comes the device keeps the message, and sends it again. A message that is not ' +
        'valid is acknowledged too, and kept as a dead letter with the reason.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: { house: SERVER },
    channels: perChannel(channelOf),
    operations: Object.fromEntries(CHANNELS.map((channel) => [`receive-${channel}`, operationOf(channel)])),
    components: { messages: value, schemas, parameters: { device: DEVICE } },
  };
}

const SERVER = {
  host: '{host}:{port}',
  protocol: 'mqtt',
  description: 'The broker, in the house or beside it. A device without a name is not let in.',
  variables: { host: { default: 'localhost' }, port: { default: '1883' } },
};

const DEVICE = { description: 'Id of the device; it may publish below its own and nowhere else.' };

const perChannel = <T>(of: (channel: Channel) => T): Record<string, T> =>
  Object.fromEntries(CHANNELS.map((channel) => [channel, of(channel)]));

const messageOf = (channel: Channel) => {
  const { title, summary, type, payload, example } = MESSAGES[channel];
  return {
    name: type,
    title,
    summary: `${summary} CloudEvents 1.0 in structured JSON.`,
    contentType: 'application/json',
    payload,
    examples: [{ name: channel, payload: example }],
  };
};

const channelOf = (channel: Channel) => ({
  address: topicOf('{device}', channel),
  title: MESSAGES[channel].title,
  parameters: { device: { $ref: '#/components/parameters/device' } },
  messages: { [channel]: { $ref: `#/components/messages/${channel}` } },
});

const operationOf = (channel: Channel) => ({
  action: 'receive',
  channel: { $ref: `#/channels/${channel}` },
  summary: MESSAGES[channel].summary,
  messages: [{ $ref: `#/channels/${channel}/messages/${channel}` }],
  bindings: QOS_1,
});
