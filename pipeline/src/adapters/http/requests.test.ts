import { Problem } from '@wayside/contracts/http';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Compile } from 'typebox/compile';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpServerOptions } from './options.ts';
import { COUNTERS, testServer } from './testing/house.ts';

const TOKEN = 'correct-horse-battery';

describe('requests', () => {
  let server: FastifyInstance | undefined;
  const serve = async (over: Partial<HttpServerOptions> = {}) => (server = await testServer(over));
  afterEach(() => server?.close());

  it.each([
    ['/api/infractions?nope=1', 400, 'Query parameter "nope" is not known here.'],
    ['/api/infractions?limit=many', 400, 'Query parameter "limit" must be integer.'],
    ['/api/infractions?limit=501', 400, '"limit"'],
    ['/api/infractions?limit=1&limit=2', 400, '"limit"'],
    ['/api/infractions?rule=jaywalking', 400, 'must be one of fail-to-yield, stop-on-crosswalk'],
    ['/api/infractions?from=2026-05-01T12:00:00+08:00', 400, '%2B'],
    ['/api/infractions?from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z', 400, '"to" is before `from`'],
    ['/api/infractions?cursor=abc', 400, '"cursor" is not the `next`'],
    ['/api/verdicts?outcome=guilty', 400, 'must be one of infraction, clear, undecided'],
    ['/api/rollup?to=0001-01-01T00:00:00Z', 400, 'names no moment'],
    ['/api/infractions/not-an-id', 400, 'Path parameter "id"'],
    ['/api/nothing', 404, '"GET /api/nothing" leads nowhere'],
    ['/%zz', 400, '%zz'],
  ])('to %s are answered with what is wrong', async (url, status, detail) => {
    const response = await (await serve()).inject(url);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const body: unknown = response.json();
    expect([...Compile(Problem).Errors(body)]).toEqual([]);
    expect(body).toMatchObject({ status, detail: expect.stringContaining(detail) as string });
  });

  it('are told which parameters are wrong, all at once', async () => {
    const response = await (await serve()).inject('/api/infractions?limit=0&rule=x&nope=1');
    const { errors } = response.json<Problem>();
    expect(errors?.map(({ in: part, name }) => `${part} ${name}`).sort()).toEqual([
      'query limit',
      'query nope',
      'query rule',
    ]);
  });

  it('that fail inside are logged, and told nothing of the inside', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const counters = () => Promise.reject(new Error('password is hunter2'));
    const response = await (await serve({ counters, logger })).inject('/api/counters');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('hunter2');
    expect(lines.join()).toContain('hunter2');
    const { reqId } = JSON.parse(lines[0] ?? '{}') as { reqId: string };
    expect(response.json<Problem>().detail).toContain(reqId);
  });

  it('with HEAD get the headers alone', async () => {
    const response = await (await serve()).inject({ method: 'HEAD', url: '/api/counters' });
    expect(response).toMatchObject({ statusCode: 200, body: '' });
    expect(Number(response.headers['content-length'])).toBeGreaterThan(100);
  });

  it('get answers that nobody keeps and no other site may show', async () => {
    const { headers } = await (await serve()).inject('/api/counters');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('by another name than that of loopback are turned away, unless the name is given', async () => {
    const stranger = { url: '/api/counters', headers: { host: 'evil.example' } };
    expect((await (await serve()).inject(stranger)).statusCode).toBe(421);
    await server?.close();
    expect((await (await serve({ hosts: ['evil.example'] })).inject(stranger)).statusCode).toBe(200);
    await server?.close();
    expect((await (await serve({ hosts: 'any' })).inject(stranger)).statusCode).toBe(200);
  });

  it('say how the house is', async () => {
    await serve();
    expect((await server?.inject('/health'))?.json()).toEqual({
      status: 'ok',
      version: '0.1.0',
      uptimeSeconds: 0,
    });
    expect((await server?.inject('/ready'))?.json()).toMatchObject({ ready: true });
    expect((await server?.inject('/metrics'))?.body).toBe('up 1\n');
    expect((await server?.inject('/api/counters'))?.json()).toEqual(COUNTERS);
  });

  it('learn with 503 which part is not ready', async () => {
    const readiness = () => Promise.resolve([{ name: 'broker', ok: false, detail: 'not listening' }]);
    const response = await (await serve({ readiness })).inject('/ready');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ ready: false, checks: [{ name: 'broker', ok: false }] });
  });

  it('learn with 503 that the checks themselves failed', async () => {
    const readiness = () => Promise.reject(new Error('no database'));
    const response = await (await serve({ readiness })).inject('/ready');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ ready: false, checks: [{ name: 'checks', ok: false }] });
  });

  describe('to a house with a token', () => {
    it('need it for all but the probes', async () => {
      await serve({ token: TOKEN });
      const status = async (url: string) => (await server?.inject(url))?.statusCode;
      expect(await status('/health')).toBe(200);
      expect(await status('/ready')).toBe(200);
      for (const url of [
        '/api/counters',
        '/api/live',
        '/api/openapi.json',
        '/metrics',
        '/api/none',
        '/%61pi/counters',
        '/api/counters/',
      ])
        expect([401, 404], url).toContain(await status(url));
      expect(await status('/api/counters')).toBe(401);
      expect(await status('/%61pi/counters')).toBe(401);
    });

    it('enter with the bearer token, or with the cookie that is given for it', async () => {
      await serve({ token: TOKEN });
      const bearer = await server?.inject({
        url: '/api/counters',
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      expect(bearer?.statusCode).toBe(200);
      const login = await server?.inject({ method: 'POST', url: '/api/session', payload: { token: TOKEN } });
      expect(login?.statusCode).toBe(204);
      const cookie = String(login?.headers['set-cookie']).split(';', 1)[0] ?? '';
      expect((await server?.inject({ url: '/api/counters', headers: { cookie } }))?.statusCode).toBe(200);
    });

    it('get no cookie for a wrong token, nor for a body of another shape', async () => {
      await serve({ token: TOKEN });
      const login = async (payload: object) =>
        server?.inject({ method: 'POST', url: '/api/session', payload });
      expect(await login({ token: 'wrong' })).toMatchObject({ statusCode: 401 });
      expect((await login({ token: 'wrong' }))?.headers).not.toHaveProperty('set-cookie');
      expect((await login({ token: 1 }))?.json()).toMatchObject({
        status: 400,
        errors: [{ in: 'body', name: '/token' }],
      });
      expect((await login({}))?.json()).toMatchObject({ errors: [{ name: '/token', detail: 'is missing' }] });
      expect((await login({ token: 'x', admin: true }))?.json()).toMatchObject({
        errors: [{ name: '/admin' }],
      });
      const text = await server?.inject({
        method: 'POST',
        url: '/api/session',
        payload: 'token=x',
        headers: { 'content-type': 'text/plain' },
      });
      expect(text?.statusCode).toBe(415);
    });
  });
});
