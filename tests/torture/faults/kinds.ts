/** What is done to a house, how often beside the others, to whom and for how long. */

export interface FaultKind {
  readonly name: string;
  readonly weight: number;
  /** Shortest and longest, ms; 0 where it is over at once. */
  readonly lastsMs: readonly [number, number];
}

export type TargetGroup =
  | 'link'
  | 'part'
  | 'host'
  | 'bare'
  | 'house' // the one process of the embedded profile
  | 'postgres'
  | 'redis'
  | 'mosquitto'
  | 'kafka';

const kind = (name: string, weight: number, shortest = 0, longest = shortest): FaultKind => ({
  name,
  weight,
  lastsMs: [shortest, longest],
});

export const FAULT_KINDS = {
  link: [
    kind('line-reset', 20),
    kind('line-half-open', 5),
    kind('partition', 14, 300, 4_500),
    kind('slow-line', 7, 1_000, 4_000),
  ],
  part: [
    kind('kill', 9),
    kind('crash-point', 12),
    kind('pause', 9, 300, 5_000),
    kind('stop', 3),
    kind('clock-jump', 5, 500, 5_000),
  ],
  host: [kind('kill', 3), kind('pause', 2, 300, 4_000)],
  bare: [kind('duplicates', 5), kind('reordering', 4), kind('hang-up', 4), kind('poison', 2)],
  house: [
    kind('kill', 24),
    kind('crash-point', 0),
    kind('pause', 8, 300, 4_000),
    kind('stop', 4),
    kind('clock-jump', 5, 500, 5_000),
  ],
  postgres: [
    kind('kill', 0.8),
    kind('restart-fast', 1),
    kind('restart-immediate', 1),
    kind('pause', 2, 300, 3_000),
    kind('disk-full', 0.8, 500, 2_500),
    kind('no-connection-left', 2, 500, 3_000),
    kind('table-locked', 2, 500, 3_000),
  ],
  redis: [kind('kill', 1.5), kind('pause', 1.5, 300, 4_000), kind('flush', 4), kind('file-lost', 1.5)],
  mosquitto: [kind('kill', 1.5), kind('stop', 1, 200, 3_000), kind('pause', 2, 300, 4_000)],
  kafka: [kind('kill', 0.7), kind('stop', 0.4), kind('pause', 2, 300, 4_000)],
} as const satisfies Readonly<Record<TargetGroup, readonly FaultKind[]>>;
