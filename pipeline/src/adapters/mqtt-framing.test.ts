import fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { MqttFraming, topicOfPublish } from './mqtt-framing.ts';

const limits = { firstBytes: 10_000, laterBytes: 100_000 };
const publish = (payload: Buffer, topic = 'a/b'): Buffer =>
  generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 7, dup: false, retain: false });

/** Cuts a buffer at the given places, whatever they are. */
function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
}

describe('cutting a stream into packets', () => {
  it('gives the same packets however the bytes were cut', () => {
    const payloads = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(), { maxLength: 40 }), (sizes, cuts) => {
        const packets = sizes.map((size) => publish(Buffer.alloc(size, 1)));
        const framing = new MqttFraming(limits);
        const seen = pieces(Buffer.concat(packets), cuts).flatMap((piece) => framing.push(piece));
        expect(seen.map(({ bytes }) => bytes.toString('hex'))).toEqual(
          packets.map((bytes) => bytes.toString('hex')),
        );
        expect(framing.partial.length).toBe(0);
        expect(framing.heldBytes).toBe(0);
      }),
    );
  });

  it('tells at the first bytes that a packet will be too long, and reads nothing more', () => {
    const framing = new MqttFraming(limits);
    expect(framing.push(publish(Buffer.alloc(10)))).toHaveLength(1);
    expect(framing.push(publish(Buffer.alloc(200_000)).subarray(0, 20))).toEqual([]);
    expect(framing.fault).toMatchObject({ kind: 'oversized', bytes: 200_011 });
    expect(topicOfPublish(framing.fault?.head ?? Buffer.alloc(0))).toBe('a/b');
    expect(framing.push(publish(Buffer.alloc(1)))).toEqual([]);
  });

  it('bounds the first packet more tightly than the later ones', () => {
    const framing = new MqttFraming(limits);
    expect(framing.push(publish(Buffer.alloc(20_000)))).toEqual([]);
    expect(framing.fault?.kind).toBe('oversized');
    const later = new MqttFraming(limits);
    expect(later.push(Buffer.concat([publish(Buffer.alloc(1)), publish(Buffer.alloc(20_000))]))).toHaveLength(
      2,
    );
  });

  it('holds no more memory than came, however much a packet announces', () => {
    const framing = new MqttFraming({ firstBytes: 1_000_000, laterBytes: 1_000_000 });
    framing.push(publish(Buffer.alloc(900_000)).subarray(0, 100));
    expect(framing.heldBytes).toBeLessThan(2000);
  });

  it('refuses a length of five bytes', () => {
    const framing = new MqttFraming(limits);
    framing.push(Buffer.from([0x30, 0xff]));
    framing.push(Buffer.from([0xff, 0xff, 0xff, 1]));
    expect(framing.fault?.kind).toBe('malformed');
  });
});
