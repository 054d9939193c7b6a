/** The Kafka client with a hand on it, where it is installed. */
import { createRequire } from 'node:module';
import type { Bug } from './bugs.ts';
import { stepBegins, stepEnds } from './steps.ts';

type Delivered = (error: Error | null, offset: number) => void;
/** What is sent, in the client's order, and last who is told of it. */
type Message = readonly [topic: string, partition: number, value: Buffer, key: string, timestampMs: number];
type Produce = (...args: readonly [...Message, Delivered]) => void;

export function wrapKafka(bug: Bug | undefined): void {
  const prototype = producerPrototype();
  if (!prototype) return;
  const original = prototype.produce;
  prototype.produce = function (...args) {
    const opaque = args[5];
    const [topic, partition, value, key, timestampMs] = args;
    stepBegins('produce');
    const send = (delivered: Delivered): void =>
      original.call(this, topic, partition, value, key, timestampMs, (error, offset) => {
        stepEnds('produce');
        delivered(error, offset);
      });
    if (bug?.produce) bug.produce(send, opaque);
    else send(opaque);
  };
}

function producerPrototype(): { produce: Produce } | undefined {
  try {
    const kafka = createRequire(import.meta.url)('node-rdkafka') as {
      readonly Producer: { readonly prototype: { produce: Produce } };
    };
    return kafka.Producer.prototype;
  } catch {
    return undefined; // this machine has no Kafka
  }
}
