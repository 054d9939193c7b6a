import { describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';

const TOKEN = 'correct-horse-battery';
const HALF_A_DAY_MS = 12 * 3600 * 1000;

describe('access', () => {
  it('is for who has the token', () => {
    const access = createAccess(TOKEN, () => 0);
    expect(access.mayEnter({ authorization: `Bearer ${TOKEN}` })).toBe(true);
    expect(access.mayEnter({ authorization: `bearer ${TOKEN}` })).toBe(true);
  });

  it.each([
    {},
    { authorization: 'Bearer ' },
    { authorization: `Bearer ${TOKEN}x` },
    { authorization: TOKEN },
    { cookie: `wayside_session=${TOKEN}` },
  ])('is refused for %o', (headers) => {
    expect(createAccess(TOKEN, () => 0).mayEnter(headers)).toBe(false);
  });

  it('is for who brings the cookie of a session, until it ends', () => {
    let nowMs = 1000;
    const access = createAccess(TOKEN, () => nowMs);
    const [cookie = ''] = access.openSession().split(';');
    expect(access.mayEnter({ cookie: `other=1; ${cookie}` })).toBe(true);
    nowMs += HALF_A_DAY_MS;
    expect(access.mayEnter({ cookie })).toBe(false);
  });

  it('is refused for a session made longer by hand, or opened under another token', () => {
    const access = createAccess(TOKEN, () => 0);
    const [, deadline = '', seal = ''] = /=(\d+)\.([^;]+)/.exec(access.openSession()) ?? [];
    expect(access.mayEnter({ cookie: `wayside_session=${Number(deadline) + 1}.${seal}` })).toBe(false);
    const [cookie = ''] = createAccess('another-token-of-16', () => 0)
      .openSession()
      .split(';');
    expect(access.mayEnter({ cookie })).toBe(false);
  });

  it('gives a cookie that no script and no other site can use', () => {
    const access = createAccess(TOKEN, () => 0);
    expect(access.openSession()).toMatch(/; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    expect(access.openSession()).not.toContain(TOKEN);
    expect(access.closeSession()).toContain('wayside_session=; Path=/; Max-Age=0');
  });

  it('wants a token that cannot be guessed', () => {
    expect(() => createAccess('short', () => 0)).toThrow('16 characters');
  });
});
