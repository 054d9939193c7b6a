import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingLetter } from '../../app/notices/channel.ts';
import { signatureOf, webhookChannel } from './webhook-channel.ts';

const SECRET = 'a-secret-of-both-sides';
const NOW_MS = Date.UTC(2026, 2, 9);
const LETTER: OutgoingLetter = {
  id: '11111111-1111-5111-8111-111111111111',
  kind: 'opening',
  account: `road:plate_${'a'.repeat(43)}`,
  address: undefined,
  language: 'en',
  subject: 'Notice of points held',
  html: '<p>You can object.</p>',
  pdf: new TextEncoder().encode('%PDF-1.7 test'),
};
const soon = () => AbortSignal.timeout(5_000);

describe('letters to a print house', () => {
  let server: Server | undefined;
  afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

  interface Seen {
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  async function open(status: number) {
    const seen: Seen[] = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        response.writeHead(status).end('noted');
      });
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/letters`;
    return { seen, channel: webhookChannel({ url, secret: SECRET, clock: () => NOW_MS }) };
  }

  it('are signed with the moment, so that an old or a changed one can be turned away', async () => {
    const { seen, channel } = await open(200);
    expect(await channel.send(LETTER, soon())).toEqual({ kind: 'delivered', detail: 'HTTP 200 noted' });
    const [{ headers, body }] = seen as [Seen];
    const timestamp = String(NOW_MS / 1000);
    expect(headers['wayside-timestamp']).toBe(timestamp);
    expect(headers['wayside-signature']).toBe(`v1=${signatureOf(SECRET, timestamp, body)}`);
    expect(headers['idempotency-key']).toBe(LETTER.id);
    expect(signatureOf(SECRET, timestamp, `${body} `)).not.toBe(signatureOf(SECRET, timestamp, body));
    expect(JSON.parse(body)).toMatchObject({ id: LETTER.id, kind: 'opening', account: LETTER.account });
  });

  it.each([
    [202, { kind: 'handed-over' }],
    [410, { kind: 'never', reason: 'address-unknown' }],
    [422, { kind: 'never', reason: 'channel-failed' }],
    [429, { kind: 'not-now' }],
    [503, { kind: 'not-now' }],
  ])('answered with %i are settled so', async (status, outcome) => {
    const { channel } = await open(status);
    expect(await channel.send(LETTER, soon())).toMatchObject(outcome);
  });

  it('are tried again where nobody answers', async () => {
    const channel = webhookChannel({ url: 'http://127.0.0.1:1/', secret: SECRET, clock: () => NOW_MS });
    expect(await channel.send(LETTER, soon())).toMatchObject({ kind: 'not-now' });
  });
});
