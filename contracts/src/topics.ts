/**
 * MQTT topics. Every device writes below a prefix of its own, so that a broker can confine it there with one
 * pattern (`wayside/v1/<device>/#`).
 */
export const CHANNELS = ['observations', 'reports', 'signals', 'status'] as const;
export type Channel = (typeof CHANNELS)[number];

export const TOPIC_ROOT = 'wayside/v1';
export const topicOf = (device: string, channel: Channel): string => `${TOPIC_ROOT}/${device}/${channel}`;
export const SUBSCRIPTION = `${TOPIC_ROOT}/+/+`;

const PATTERN = /^wayside\/v1\/([a-z0-9][a-z0-9_-]{0,62})\/(observations|reports|signals|status)$/;

/** @returns the device and channel a topic names, or undefined where it is not one of ours. */
export function parseTopic(
  topic: string,
): { readonly device: string; readonly channel: Channel } | undefined {
  const match = PATTERN.exec(topic);
  return match ? { device: match[1] as string, channel: match[2] as Channel } : undefined;
}
