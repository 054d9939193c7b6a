/**
 * Letters to a print house, or to an authority’s own post office: one POST of JSON, signed. 200 means that the letter is
 * with the person; 202 that it will be carried out, and told later through POST /api/notices/{id}/delivery.
 */
import { createHmac } from 'node:crypto';
import type { NoticeChannel, OutgoingLetter, SendOutcome } from '../../app/notices/channel.ts';
import type { Clock } from '../../app/clock.ts';

export interface WebhookOptions {
  readonly url: string;
  /** Shared with the receiver. */
  readonly secret: string;
  readonly clock: Clock;
}

const MAX_DETAIL = 500;

export const webhookChannel = ({ url, secret, clock }: WebhookOptions): NoticeChannel => ({
  name: 'webhook',
  send: async (letter, signal) => {
    const body = JSON.stringify(bodyOf(letter));
    const timestamp = String(Math.floor(clock() / 1000));
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': letter.id,
          'wayside-timestamp': timestamp,
          'wayside-signature': `v1=${signatureOf(secret, timestamp, body)}`,
        },
        body,
        signal,
      });
      return outcomeOf(response.status, (await response.text()).slice(0, MAX_DETAIL));
    } catch (error) {
      return { kind: 'not-now', detail: error instanceof Error ? error.message : String(error) };
    }
  },
});

/** HMAC-SHA-256 of `<timestamp>.<body>`: a receiver turns away what is old, or changed. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');

const bodyOf = ({ id, kind, account, language, subject, html, pdf }: OutgoingLetter) => ({
  schema: 'wayside.letter.v1',
  id,
  kind,
  account,
  language,
  subject,
  html,
  pdf: Buffer.from(pdf).toString('base64'),
});

function outcomeOf(status: number, text: string): SendOutcome {
  const detail = `HTTP ${status} ${text}`.trim();
  if (status === 202) return { kind: 'handed-over', detail };
  if (status >= 200 && status < 300) return { kind: 'delivered', detail };
  if (status === 404 || status === 410) return { kind: 'never', reason: 'address-unknown', detail };
  return status >= 500 || status === 429 || status === 408
    ? { kind: 'not-now', detail }
    : { kind: 'never', reason: 'channel-failed', detail };
}
