import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer } from './testing/house.ts';

const html = { accept: 'text/html,*/*' };

describe('the page', () => {
  let folder: string;
  let server: FastifyInstance;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-pages-'));
    await mkdir(join(folder, 'page', 'assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'page', 'index.html'), '<title>Wayside</title>');
    await writeFile(join(folder, 'page', 'assets', 'index-abc.js'), 'let a;');
    server = await testServer({ staticDir: join(folder, 'page') });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it.each(['/', '/index.html', '/infractions/9a39d88d?tab=replay'])(
    'is served at %s, and asked for again',
    async (url) => {
      const response = await server.inject({ url, headers: html });
      expect(response).toMatchObject({ statusCode: 200, body: '<title>Wayside</title>' });
      expect(response.headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      });
      expect(response.headers['content-security-policy']).toContain("default-src 'self'");
    },
  );

  it('has assets that are kept for ever', async () => {
    const { headers, statusCode } = await server.inject('/assets/index-abc.js');
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    ['/assets/missing.js', html],
    ['/api/missing', html],
    ['/infractions/1', { accept: 'application/json' }],
    ['/..%2fsecret.txt', { accept: '*/*' }],
    ['/%2e%2e/secret.txt', { accept: '*/*' }],
  ])('is not what %s leads to', async (url, headers) => {
    const response = await server.inject({ url, headers });
    expect([400, 403, 404]).toContain(response.statusCode);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).not.toBe('secret');
  });
});
