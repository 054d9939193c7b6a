/** The demo's accounts, books, devices, dead letters and law. */
import type {
  AccountView,
  Counters,
  DeadLetterPage,
  DeviceList,
  LedgerEntry,
  ProfileList,
  Readiness,
  Rollup,
  SiteList,
} from '@wayside/contracts/http';
import { findingOf, encountersBetween, infractionsUntil, occurredMs } from './demo-record.ts';
import { DEMO_SITES } from './demo-sites.ts';
import { hashOf } from './random.ts';

const HOUR_MS = 3_600_000;
export const HISTORY_MS = 2 * HOUR_MS;
const iso = (ms: number): string => new Date(ms).toISOString();

export function accountOf(id: string, nowMs: number): AccountView | undefined {
  const mine = infractionsUntil(nowMs, HISTORY_MS).filter((infraction) => infraction.account === id);
  const rail = id.startsWith('rail:');
  if (mine.length === 0) return undefined;
  const kept = mine.filter(({ points }) => points > 0).slice(0, 3);
  const entries = kept.flatMap((infraction, i) =>
    entriesOf(infraction.id, Date.parse(infraction.recordedAt), i),
  );
  const award: LedgerEntry = {
    id: entryId(0, 9),
    kind: 'award',
    points: 12,
    infraction: null,
    of: null,
    at: '2025-03-04T09:12:00Z',
  };
  const held = sum(entries, 'hold') - sum(entries, 'post') - sum(entries, 'release');
  const posted = sum(entries, 'post');
  return {
    id: mine[0]?.account ?? '',
    scheme: 'cn',
    counts: rail ? 'up' : 'down',
    initial: rail ? 0 : 12,
    limit: rail ? 12 : 0,
    held,
    posted,
    available: rail ? held + posted : 12 - held - posted,
    entries: rail ? entries : [...entries, award],
  };
}

const sum = (entries: readonly LedgerEntry[], kind: string): number =>
  entries.reduce((total, entry) => total + (entry.kind === kind ? entry.points : 0), 0);

const entryId = (seed: number, n: number): string => {
  const hex = hashOf(seed + n);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The newest is held; the second has been posted, the third released. */
function entriesOf(infraction: string, atMs: number, i: number): readonly LedgerEntry[] {
  const hold: LedgerEntry = {
    id: entryId(atMs, 1),
    kind: 'hold',
    points: 3,
    infraction,
    of: null,
    at: iso(atMs + 200),
  };
  if (i === 0) return [hold];
  const kind = i === 1 ? 'post' : 'release';
  return [{ id: entryId(atMs, 2), kind, points: 3, infraction, of: hold.id, at: iso(atMs + 60_000) }, hold];
}

export const siteList = (nowMs: number): SiteList => ({
  items: DEMO_SITES.map(({ site }, i) => ({ site, version: hashOf(i), lastSeenAt: iso(nowMs - 400) })),
  next: null,
});

export function deviceList(nowMs: number): DeviceList {
  const cameras: DeviceList['items'] = DEMO_SITES.map(({ site }, i) => ({
    id: site.devices[0] ?? '',
    kind: 'camera',
    state: 'online',
    software: 'wayside-edge 0.1.0',
    site: site.id,
    lastSeenAt: iso(nowMs - 300 * (i + 1)),
    clockState: i === 2 ? 'holdover' : 'synchronised',
  }));
  const handhelds: DeviceList['items'] = [
    {
      id: 'handheld-12',
      kind: 'handheld',
      state: 'online',
      software: 'wayside-handheld 0.1.0',
      site: null,
      lastSeenAt: iso(nowMs - 41_000),
      clockState: 'synchronised',
    },
    {
      id: 'handheld-07',
      kind: 'handheld',
      state: 'lost',
      software: 'wayside-handheld 0.1.0',
      site: null,
      lastSeenAt: iso(nowMs - 5 * HOUR_MS),
      clockState: null,
    },
  ];
  return { items: [...cameras, ...handhelds], next: null };
}

export function rollupOf(nowMs: number, minutes: number, site?: string): Rollup {
  const counts = new Map<string, Rollup['items'][number]>();
  for (const encounter of encountersBetween(nowMs - minutes * 60_000, nowMs)) {
    const id = DEMO_SITES[encounter.siteIndex]?.site.id ?? '';
    if (site !== undefined && site !== id) continue;
    const { outcome } = findingOf(encounter);
    const minute = iso(Math.floor(occurredMs(encounter) / 60_000) * 60_000);
    const key = `${id}|${minute}|${outcome}`;
    counts.set(key, { site: id, minute, outcome, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return { items: [...counts.values()] };
}

export function countersOf(nowMs: number, faulty: boolean): Counters {
  const n = Math.floor((nowMs % (40 * HOUR_MS)) / 1000);
  const [duplicate, deadLettered, inFlight] = [Math.floor(n / 211), 37, 3];
  const stored = n * 4;
  const verdicts = Math.floor(n / 3);
  const [infraction, undecided] = [Math.floor(verdicts * 0.44), Math.floor(verdicts * 0.09)];
  const [pending, unidentified, none] = [1, Math.floor(infraction / 13), Math.floor(infraction / 11)];
  return {
    intake: {
      received: stored + duplicate + deadLettered + inFlight,
      stored,
      duplicate,
      deadLettered,
      inFlight,
    },
    judge: { stored, judged: stored - 12, waiting: 12, observations: stored * 57, late: 2 },
    record: { verdicts, infraction, clear: verdicts - infraction - undecided, undecided },
    holds: {
      infractions: infraction,
      held: infraction - pending - unidentified - none - (faulty ? 2 : 0),
      pending,
      unidentified,
      none,
    },
    balanced: !faulty,
    faults: faulty ? ['holds: 2 infractions are neither held, pending, unidentified nor without points'] : [],
  };
}

export function deadLetters(nowMs: number, limit: number): DeadLetterPage {
  const faults = [
    [
      'schema',
      '/data/frames/dtMs must NOT have fewer than 1 items',
      'observations',
      '{"specversion":"1.0","id":"cam-school-lane/demo0001/881","data":{"frames":{"dtMs":[]',
    ],
    [
      'not-json',
      'Unexpected end of JSON input',
      'observations',
      '{"specversion":"1.0","id":"cam-harbour-str',
    ],
    [
      'content',
      '/answeredAtMs is before askedAtMs',
      'reports',
      '{"specversion":"1.0","id":"handheld-12/demo0001/17"',
    ],
  ] as const;
  const all: DeadLetterPage['items'] = Array.from({ length: 37 }, (_, i) => {
    const [reason, detail, channel, preview] = faults[(i * i) % faults.length] ?? faults[0];
    const client = channel === 'reports' ? 'handheld-12' : 'cam-school-lane';
    return {
      id: entryId(i, 3),
      receivedAt: iso(nowMs - (i + 1) * 730_000),
      topic: `wayside/v1/${client}/${channel}`,
      client,
      reason,
      detail,
      bytes: 140 + i * 977,
      preview,
    };
  });
  const reasons = faults.map(([reason]) => ({
    reason,
    count: all.filter((item) => item.reason === reason).length,
  }));
  return { items: all.slice(0, limit), next: all.length > limit ? 'more' : null, total: all.length, reasons };
}

export const readinessOf = (faulty: boolean): Readiness => ({
  ready: !faulty,
  checks: [
    { name: 'database', ok: !faulty },
    { name: 'broker', ok: true },
    { name: 'queue', ok: true, detail: '0 jobs waiting' },
  ],
});

const project = { sources: ['project'] };

export const profiles: ProfileList = {
  items: [
    {
      schema: 'wayside.law-profile.v1',
      id: 'cn',
      version: '2025-11-01',
      title: 'China: Road Traffic Safety Law and Order 163',
      reviewedBy: null,
      sources: [{ id: 'project', title: 'Demo values', standing: 'project-rule' }],
      road: {
        account: { counts: 'down', initial: 12, limit: 0, ...project },
        yield: { geometry: 'lane-and-half', owedTo: 'on-crosswalk', ...project },
        rules: {
          'fail-to-yield': { points: 3, ...project },
          'stop-on-crosswalk': { points: 0, ...project },
          'overtake-at-crosswalk': { points: 3, ...project },
        },
        thresholds: {
          comfortableDecelerationMps2: 3,
          reactionSeconds: 1,
          stoppedMps: 0.25,
          yieldedMps: 1.5,
          maxPetSeconds: 3,
          clearPetSeconds: 2,
          stopOnCrosswalkSeconds: 3,
          minimumFramesPerSecond: 5,
          ...project,
        },
      },
      rail: {
        account: { counts: 'up', initial: 0, limit: 12, ...project },
        rules: { 'seat-refusal': { points: 3, ...project } },
      },
      appeal: { days: 10, dayKind: 'calendar', lastDayRollsOn: true, ...project },
    },
  ],
};
