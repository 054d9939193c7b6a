import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutgoingLetter } from '../../app/notices/channel.ts';
import { smtpChannel } from './smtp-channel.ts';

const LETTER: OutgoingLetter = {
  id: '11111111-1111-5111-8111-111111111111',
  kind: 'opening',
  account: `road:plate_${'a'.repeat(43)}`,
  address: { email: 'driver@example.org', language: 'zh' },
  language: 'zh',
  subject: '暂扣记分告知书',
  html: '<p>您可以提出异议。</p>',
  pdf: new TextEncoder().encode('%PDF-1.7 test'),
};
const FROM = 'Traffic Office <office@example.org>';
const soon = () => AbortSignal.timeout(10_000);

interface Received {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server on a port of its own. @param refuse what it answers to a recipient. */
async function listen(refuse?: { readonly code: number; readonly text: string }) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) =>
      done(refuse ? Object.assign(new Error(refuse.text), { responseCode: refuse.code }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('letters by mail', () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  async function open(refuse?: { readonly code: number; readonly text: string }) {
    const server = await listen(refuse);
    const channel = smtpChannel({ url: server.url, from: FROM });
    closers.push(server.close, channel.close);
    return { server, channel };
  }

  it('arrive with their page, their pdf, and an id that stays the same at every attempt', async () => {
    const { server, channel } = await open();
    expect(await channel.send(LETTER, soon())).toMatchObject({ kind: 'delivered' });
    await channel.send(LETTER, soon());
    const [first, second] = server.received;
    expect(first?.to).toEqual(['driver@example.org']);
    expect(first?.raw).toContain(`Message-ID: <${LETTER.id}@wayside>`);
    expect(second?.raw).toContain(`Message-ID: <${LETTER.id}@wayside>`);
    expect(first?.raw).toContain(Buffer.from(LETTER.pdf).toString('base64'));
    expect(first?.raw).toMatch(/Subject: =\?UTF-8\?/);
    expect(first?.raw).toContain('Content-Language: zh');
  });

  it('have no address where the server knows no such mailbox', async () => {
    const { channel } = await open({ code: 550, text: 'no such user' });
    expect(await channel.send(LETTER, soon())).toMatchObject({ kind: 'never', reason: 'address-unknown' });
  });

  it('are tried again where the server is only busy, or not there at all', async () => {
    const { channel } = await open({ code: 451, text: 'try later' });
    expect(await channel.send(LETTER, soon())).toMatchObject({ kind: 'not-now' });
    const gone = smtpChannel({ url: 'smtp://127.0.0.1:1', from: FROM });
    closers.push(gone.close);
    expect(await gone.send(LETTER, soon())).toMatchObject({ kind: 'not-now' });
  });

  it('are not sent to nobody', async () => {
    const { server, channel } = await open();
    const unknown = { ...LETTER, address: undefined };
    expect(await channel.send(unknown, soon())).toMatchObject({ kind: 'never', reason: 'address-unknown' });
    expect(server.received).toEqual([]);
  });
});
