/** What a broker's reason code means for trying again (MQTT 5.0, §2.4; MQTT 3.1.1, §3.2.2.3). */

/** `permanent`: trying soon again cannot help, a person must change something; `passing`: it may pass by itself. */
export type Refusal = 'permanent' | 'passing';

const PERMANENT = new Set([
  0x81, // malformed packet
  0x82, // protocol error
  0x84, // unsupported protocol version
  0x85, // client identifier not valid
  0x86, // bad user name or password
  0x87, // not authorized
  0x8a, // banned
  0x8c, // bad authentication method
  0x8e, // session taken over: another process uses this device id
  0x90, // topic name invalid
  0x95, // packet too large
  0x98, // administrative action
  0x99, // payload format invalid
  0x9b, // QoS not supported
  0x9d, // server moved
]);

// CONNACK return codes of 3.1.1; all but 3, server unavailable.
const PERMANENT_BEFORE_5 = new Set([1, 2, 4, 5]);

export function refusalOf(reasonCode: number | undefined): Refusal {
  if (reasonCode === undefined) return 'passing';
  return PERMANENT.has(reasonCode) || PERMANENT_BEFORE_5.has(reasonCode) ? 'permanent' : 'passing';
}
