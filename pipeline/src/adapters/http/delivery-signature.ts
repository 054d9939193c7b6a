/** Whether a report of delivery comes from the carrier: HMAC-SHA-256 of `<timestamp>.<canonical body>`, not older than minutes. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalJson } from '@wayside/contracts/canonical';

const MAX_AGE_SECONDS = 300;

export function isSignedDelivery(
  headers: IncomingHttpHeaders,
  body: object,
  secret: string,
  nowMs: number,
): boolean {
  const timestamp = one(headers['wayside-timestamp']);
  const given = one(headers['wayside-signature']);
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowMs / 1000 - Number(timestamp)) > MAX_AGE_SECONDS)
    return false;
  const right = Buffer.from(`v1=${deliverySignature(secret, timestamp, body)}`);
  const offered = Buffer.from(given);
  return offered.length === right.length && timingSafeEqual(offered, right);
}

export const deliverySignature = (secret: string, timestamp: string, body: object): string =>
  createHmac('sha256', secret)
    .update(`${timestamp}.${canonicalJson(body)}`)
    .digest('hex');

const one = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' ? header : (header?.[0] ?? '');
