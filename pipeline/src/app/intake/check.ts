/** Everything a payload must be before it may be stored. Never throws on what a device sent, however bad. */
import { parseMessage, type DeviceMessage } from '@wayside/contracts/messages';
import type { Site } from '@wayside/contracts/site';
import { parseTopic } from '@wayside/contracts/topics';
import type { IntakeLimits } from './limits.ts';
import type { KnownSites } from './known-sites.ts';

export type RejectReason =
  | 'unknown-topic'
  | 'not-your-topic'
  | 'oversized'
  | 'not-json'
  | 'schema'
  | 'content'
  | 'clock-ahead'
  | 'unknown-site'
  | 'not-in-site'
  | 'unknown-jurisdiction'
  // those of the broker, about packets that never became a message
  | 'malformed-packet'
  | 'truncated-packet';

export type Checked =
  | { readonly kind: 'good'; readonly message: DeviceMessage; readonly payload: string }
  | {
      readonly kind: 'bad';
      readonly reason: RejectReason;
      readonly detail: string;
      /** Of a message that could be read, and was its sender's own. */
      readonly messageId?: string;
    };

export interface Arrival {
  readonly topic: string;
  /** Who the connection is: the device's id, as the broker authenticated it. */
  readonly client: string;
  readonly payload: Uint8Array;
  readonly receivedAtMs: number;
}

const bad = (reason: RejectReason, detail: string): Checked => ({ kind: 'bad', reason, detail });

/** What can be said of an arrival without asking anybody. */
export function checkAlone(arrival: Arrival, limits: IntakeLimits): Checked {
  const topic = parseTopic(arrival.topic);
  if (!topic) return bad('unknown-topic', 'no topic of ours');
  if (topic.device !== arrival.client)
    return bad(
      'not-your-topic',
      `client "${arrival.client}" may not write to the topics of "${topic.device}"`,
    );
  if (arrival.payload.length > limits.payloadBytes)
    return bad('oversized', `${arrival.payload.length} bytes where ${limits.payloadBytes} are allowed`);
  const parsed = parseMessage(topic.channel, arrival.payload);
  if (parsed.kind === 'invalid') return bad(parsed.reason, parsed.detail);
  const { message, text } = parsed;
  if (message.device !== topic.device)
    return bad(
      'not-your-topic',
      `/device "${message.device}" is not "${topic.device}", whose topic it came by`,
    );
  const aheadMs = latestTime(message) - arrival.receivedAtMs;
  if (aheadMs > limits.clockAheadMs) return named(message, bad('clock-ahead', clockAhead(aheadMs)));
  return { kind: 'good', message, payload: text };
}

const clockAhead = (aheadMs: number): string =>
  `the device's clock is ${Math.round(aheadMs / 3_600_000)} hours ahead of the house's`;

const named = ({ id }: DeviceMessage, checked: Checked): Checked =>
  checked.kind === 'bad' ? { ...checked, messageId: id } : checked;

/** Whether the device may speak for the site it names, and whether the house knows that site's geometry. */
export async function checkSite(
  checked: Checked,
  sites: KnownSites,
  jurisdictions: ReadonlySet<string>,
): Promise<Checked> {
  if (checked.kind === 'bad') return checked;
  return named(checked.message, await checkSpeaker(checked, sites, jurisdictions));
}

async function checkSpeaker(
  checked: Extract<Checked, { readonly kind: 'good' }>,
  sites: KnownSites,
  jurisdictions: ReadonlySet<string>,
): Promise<Checked> {
  const { message } = checked;
  switch (message.type) {
    case 'org.wayside.report.v1':
      return checked;
    case 'org.wayside.status.v1':
      return message.data.site
        ? checkBirth(checked, message.device, message.data.site, jurisdictions)
        : checked;
    case 'org.wayside.signals.v1':
    case 'org.wayside.observations.v1': {
      const { site } = message.data;
      const devices = await sites.devicesOf(site);
      if (!devices)
        return bad('unknown-site', `no birth has carried version ${site.version} of site "${site.id}"`);
      return devices.includes(message.device) ? checked : notInSite(message.device, site.id);
    }
  }
}

/** A site of a jurisdiction without a law profile here must not be judged under the law of another. */
function checkBirth(
  checked: Checked,
  device: string,
  { id, devices, jurisdiction }: Site,
  jurisdictions: ReadonlySet<string>,
): Checked {
  if (!devices.includes(device)) return notInSite(device, id);
  if (jurisdiction === undefined || jurisdictions.has(jurisdiction)) return checked;
  const known = [...jurisdictions].join(', ');
  return bad(
    'unknown-jurisdiction',
    `site "${id}" is of "${jurisdiction}"; there are law profiles for: ${known}`,
  );
}

const notInSite = (device: string, site: string): Checked =>
  bad('not-in-site', `"${device}" is not among the devices of site "${site}"`);

function latestTime(message: DeviceMessage): number {
  const stated = Math.max(message.sentat, Date.parse(message.time));
  switch (message.type) {
    case 'org.wayside.observations.v1': {
      const { startMs, dtMs } = message.data.frames;
      return Math.max(stated, startMs + (dtMs.at(-1) ?? 0));
    }
    case 'org.wayside.signals.v1':
      return Math.max(stated, message.data.span.startMs + message.data.span.dtMs);
    default:
      return stated;
  }
}
