import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from './asyncapi.ts';
import { exampleObservations, exampleReport, exampleSignals, exampleStatus } from './examples.ts';
import { parseMessage } from './messages.ts';
import { CHANNELS, parseTopic, type Channel } from './topics.ts';

const document = asyncApiDocument('1.2.3');
const examples: Record<Channel, { readonly device: string }> = {
  observations: exampleObservations,
  reports: exampleReport,
  signals: exampleSignals,
  status: exampleStatus,
};

describe('the AsyncAPI document', () => {
  it('points at nothing that is not in it', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(refs.length).toBeGreaterThan(10);
    for (const path of refs) expect(at(path), path).toBeDefined();
  });

  it.each(CHANNELS)(
    'gives %s an address that a device may publish to and an example that intake takes',
    (channel) => {
      const address = at(`channels/${channel}/address`) as string;
      const { device } = examples[channel];
      expect(parseTopic(address.replace('{device}', device))).toEqual({ device, channel });
      const [example] = at(`components/messages/${channel}/examples`) as [{ readonly payload: unknown }];
      const parsed = parseMessage(channel, new TextEncoder().encode(JSON.stringify(example.payload)));
      expect(parsed).toMatchObject({ kind: 'message', message: examples[channel] });
    },
  );

  it('asks for at least once delivery of what is received', () => {
    for (const channel of CHANNELS)
      expect(at(`operations/receive-${channel}`)).toMatchObject({
        action: 'receive',
        bindings: { mqtt: { qos: 1, retain: false } },
      });
  });
});

const at = (path: string): unknown =>
  path
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
