import { describe, expect, it } from 'vitest';
import { payloadPreview } from './payload-preview.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the preview of a payload', () => {
  it('is text where the bytes are text', () => {
    expect(payloadPreview(bytes('{"a":\t"ü 中"}\n'))).toBe('{"a":\t"ü 中"}\n');
  });

  it('leaves out a character that was cut off', () => {
    expect(payloadPreview(bytes('ok 中').subarray(0, 5))).toBe('ok ');
  });

  it.each([
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0x41), 'fffe41'],
    ['control characters, such as those that steer a terminal', bytes('\u001b[2J'), '1b5b324a'],
    ['marks that turn the direction of what follows', bytes('a\u202eb'), '61e280ae62'],
    ['NUL', Uint8Array.of(0x41, 0), '4100'],
  ])('is hexadecimal for %s', (_, given, expected) => {
    expect(payloadPreview(given)).toBe(expected);
  });
});
