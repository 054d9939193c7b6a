import { describe, expect, it } from 'vitest';
import { isOwnName } from './host-guard.ts';

describe('the host guard', () => {
  it.each([
    'localhost',
    'localhost:8080',
    'LOCALHOST:1',
    'wayside.localhost:80',
    '127.0.0.1',
    '127.1.2.3:99',
    '[::1]:8080',
  ])('lets %s pass', (host) => {
    expect(isOwnName(host, [])).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    '::1',
    '10.0.0.1:80',
    'localhost:80:80',
  ])('turns %s away', (host) => {
    expect(isOwnName(host, [])).toBe(false);
  });

  it('lets the names pass that it was given', () => {
    expect(isOwnName('wayside.example:443', ['wayside.example'])).toBe(true);
    expect(isOwnName('other.example', ['wayside.example'])).toBe(false);
  });
});
