import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanIdOf, traceIdOf } from './trace-ids.ts';

const MESSAGE = 'cam-1/boot-0001/42';

describe('the ids of a trace', () => {
  it('are the first bytes of a hash of the message, so that any process finds them', () => {
    const sha256 = createHash('sha256').update(`wayside-trace:${MESSAGE}`).digest('hex');
    expect(traceIdOf(MESSAGE)).toBe(sha256.slice(0, 32));
    expect(traceIdOf(MESSAGE)).toBe('f9910bf62ba5b2735cb4a458c2895418');
    expect(spanIdOf('intake', MESSAGE)).toMatch(/^[0-9a-f]{16}$/);
    expect(spanIdOf('intake', MESSAGE)).not.toBe(spanIdOf('judge', MESSAGE));
  });

  it('differ from message to message', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }), (messages) => {
        expect(new Set(messages.map(traceIdOf)).size).toBe(messages.length);
      }),
    );
  });
});
