export interface GateLimits {
  /** The longest packet before and after the first one (CONNECT) has come. */
  readonly connectBytes: number;
  readonly packetBytes: number;
  /** Publishes of one connection that are not durable yet. */
  readonly window: number;
  /** A packet that has begun must be complete after this. */
  readonly packetTimeoutMs: number;
  /** A connection on which nothing moves for so long is ended. */
  readonly idleTimeoutMs: number;
}

export interface BrokerLimits extends GateLimits {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** Memory for packets that are not complete yet, of all connections together. */
  readonly partialBytes: number;
  /** Wrecks on their way to the dead letters; beyond it new connections are turned away unread. */
  readonly wrecks: number;
}

export const DEFAULT_BROKER_LIMITS: BrokerLimits = {
  connectBytes: 128 * 1024,
  packetBytes: 1024 * 1024,
  window: 32,
  packetTimeoutMs: 30_000,
  idleTimeoutMs: 15 * 60_000,
  connections: 2000,
  connectTimeoutMs: 10_000,
  partialBytes: 64 * 1024 * 1024,
  wrecks: 1000,
};
