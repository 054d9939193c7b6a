import { describe, expect, it } from 'vitest';
import { Lifecycle } from './lifecycle.ts';

describe('lifecycle', () => {
  it('releases last in, first out, and all of it although one fails', async () => {
    const released: string[] = [];
    const lifecycle = new Lifecycle();
    lifecycle.onClose('first', () => void released.push('first'));
    lifecycle.onClose('failing', () => Promise.reject(new Error('stuck')));
    lifecycle.onClose('last', () => void released.push('last'));
    await expect(lifecycle.close(1000)).rejects.toThrow('releasing failing failed');
    expect(released).toEqual(['last', 'first']);
  });

  it('does not wait for ever for one that hangs', async () => {
    const released: string[] = [];
    const lifecycle = new Lifecycle();
    lifecycle.onClose('first', () => void released.push('first'));
    lifecycle.onClose('hanging', () => new Promise<void>(() => undefined));
    await expect(lifecycle.close(10)).rejects.toThrow('releasing hanging failed');
    expect(released).toEqual(['first']);
  });

  it('closes once, however often it is asked', async () => {
    let count = 0;
    const lifecycle = new Lifecycle();
    lifecycle.onClose('counted', () => {
      count++;
    });
    await Promise.all([lifecycle.close(1000), lifecycle.close(1000)]);
    expect(count).toBe(1);
  });
});
