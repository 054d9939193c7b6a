/** Every word the page says, in one place, so that it can be said in another language. */
import type { HoldState, Infraction } from '@wayside/contracts/infraction';
import type { RuleId, YieldGeometry } from '@wayside/contracts/law-profile';
import type { ObjectKind } from '@wayside/contracts/observation-batch';
import type { Outcome } from '@wayside/contracts/verdict';

export const product = 'Wayside';

export const nav = {
  label: 'Main',
  live: 'Live',
  infractions: 'Infractions',
  house: 'House',
  skip: 'Skip to content',
  keys: 'Keyboard keys',
  close: 'Close',
} as const;

export const theme = {
  system: 'Theme: as the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
} as const;

export const rules: Readonly<Record<RuleId, string>> = {
  'fail-to-yield': 'Did not give way',
  'stop-on-crosswalk': 'Stopped on the crosswalk',
  'overtake-at-crosswalk': 'Overtook at the crosswalk',
  'seat-refusal': 'Refused another’s seat',
};
export const ruleIds = Object.keys(rules) as readonly RuleId[];
export const ruleName = (rule: string): string => (rule in rules ? rules[rule as RuleId] : rule);

export const outcomes: Readonly<Record<Outcome, string>> = {
  infraction: 'Infraction',
  undecided: 'Undecided',
  clear: 'Clear',
};

export const holds: Readonly<Record<HoldState, { readonly name: string; readonly meaning: string }>> = {
  held: { name: 'Held', meaning: 'The points are held until the case is decided.' },
  pending: { name: 'Hold due', meaning: 'The hold is due and will be placed in a moment.' },
  unidentified: { name: 'Unidentified', meaning: 'Nobody is known to hold points from.' },
  none: { name: 'No points', meaning: 'This rule carries no points; it is recorded only.' },
  posted: { name: 'Posted', meaning: 'The case is decided: the points are taken.' },
  released: { name: 'Released', meaning: 'The hold was let go: no points are taken.' },
};

export const origins: Readonly<
  Record<Infraction['origin'], { readonly name: string; readonly meaning: string } | undefined>
> = {
  simulation: { name: 'Simulated', meaning: 'Made by a simulator: no real person or vehicle.' },
  recording: { name: 'Recording', meaning: 'Read from a recording, not seen live.' },
  camera: undefined,
  handheld: undefined,
};

export const kinds: Readonly<Record<ObjectKind, string>> = {
  car: 'Car',
  van: 'Van',
  truck: 'Truck',
  bus: 'Bus',
  motorcycle: 'Motorcycle',
  bicycle: 'Bicycle',
  pedestrian: 'Pedestrian',
};

export const geometries: Readonly<Record<YieldGeometry, string>> = {
  'lane-and-half': 'pedestrians in the vehicle’s lane and half a lane on each side',
  'own-and-next-lane': 'pedestrians in the vehicle’s lane or the next',
  'half-road': 'pedestrians on the vehicle’s half of the road, or about to enter it',
  'whole-crossing': 'pedestrians anywhere on the crossing',
};

export const points = (count: number): string => (count === 1 ? '1 point' : `${count} points`);

export const status = {
  connecting: 'Connecting',
  live: 'Live',
  stale: (age: string) => `Stale · ${age}`,
  liveMeaning: 'The house is heard.',
  staleNotice: (age: string) => `Nothing heard from the house for ${age}. What you see may be out of date.`,
  reconnecting: 'Trying to reach it again.',
  never: 'The house cannot be reached.',
} as const;

export const simulatedNotice =
  'Everything here is simulated: no real street, train or person. The records are marked one by one.';

export const live = {
  title: 'Live',
  feed: 'Infractions as they come',
  pause: 'Pause list',
  resume: 'Resume',
  waiting: (count: string) => `${count} waiting`,
  paused: 'The list is paused',
  all: 'All infractions',
  announce: (count: number) => (count === 1 ? '1 new infraction' : `${count} new infractions`),
  emptyTitle: 'No infractions yet',
  emptyText: 'They appear here by themselves, within a second of being detected.',
  street: 'Street from above',
  pickSite: 'Site',
  noSites: 'No site has reported yet',
  noSitesText: 'A site appears when its camera says hello.',
  noPicture: 'Waiting for the first picture of this site',
  oldPicture: (age: string) => `No new picture for ${age}`,
  streetSummary: (name: string, vehicles: number, pedestrians: number) =>
    `${name} from above: ${vehicles} vehicles, ${pedestrians} pedestrians.`,
  vehicles: 'Vehicles',
  pedestrians: 'Pedestrians',
  flagged: 'Flagged',
  verdicts: 'Verdicts per minute',
  lastHour: 'last 60 min',
  chartSummary: (infraction: number, undecided: number, clear: number) =>
    `In the last 60 minutes ${infraction} infractions, ${undecided} undecided and ${clear} clear.`,
  holdTime: 'Detection to hold',
  holdTimeHint: (p95: string, count: number) =>
    `median · p95 ${p95} · ${count === 1 ? '1 hold' : `${count} holds`}`,
  holdTimeNone: 'no hold seen yet',
  books: 'Books',
  booksOk: 'Balanced',
  booksOff: 'Not balanced',
  booksHint: (count: string) => `${count} messages accounted for`,
  booksFaults: (count: number) =>
    count === 1 ? '1 equation does not hold' : `${count} equations do not hold`,
  devices: 'Devices online',
  devicesOf: (online: number, all: number) => `${online} of ${all}`,
  devicesAll: 'all heard of',
  devicesLost: (count: number) => `${count} not online`,
  hour: 'Infractions',
  hourHint: (share: string) => `last 60 min · ${share} of verdicts`,
} as const;

export const list = {
  title: 'Infractions',
  filters: 'Filters',
  site: 'Site',
  rule: 'Rule',
  from: 'From',
  to: 'Before',
  any: 'All',
  zone: (zone: string) => `Times in ${zone}`,
  clear: 'Clear filters',
  goLive: 'Watch live',
  time: 'Time',
  what: 'What happened',
  measure: 'Measured',
  points: 'Points',
  hold: 'Hold',
  more: 'Show older',
  loading: 'Loading…',
  end: 'No older ones',
  shown: (count: number, more: boolean) => (more ? `newest ${count} shown` : `${count} shown`),
  emptyTitle: 'Nothing fits these filters',
  emptyText: 'Widen the time or clear a filter.',
  noneTitle: 'No infractions recorded yet',
} as const;

export const detail = {
  back: 'All infractions',
  newer: 'Newer',
  older: 'Older',
  why: 'Why this was flagged',
  measured: 'Measured',
  threshold: 'Threshold',
  notMeasured: 'not measurable',
  justMeasured: 'Also measured',
  replay: 'Replay',
  noReplay: 'No paths are kept for this infraction',
  noReplayText: 'The finding and its measures stand; the paths were not part of the evidence.',
  law: 'Rule and law',
  ruleLabel: 'Rule',
  profile: 'Law profile',
  unreviewed: 'not reviewed by a lawyer',
  reviewed: (by: string) => `reviewed by ${by}`,
  owed: 'Way owed to',
  judge: 'Judged by',
  judgeVersion: (version: string) => `judge ${version}`,
  device: 'Device',
  clock: 'Clock',
  clockError: (state: string, ms: number) => `${state}, within ${ms} ms`,
  account: 'Account',
  noAccount: 'Unidentified: nothing is held',
  openAccount: 'Open account',
  hold: 'Points',
  evidence: 'Evidence',
  evidenceText: 'Sealed when recorded. Anyone with the house’s public key can check it without us.',
  bodyHash: 'Content SHA-256',
  linkHash: 'Link SHA-256',
  chain: 'Place in chain',
  chainPlace: (chain: string, position: string) => `${chain} · link ${position}`,
  first: 'first of its chain',
  key: 'Signed with',
  messages: 'Read from',
  messageCount: (count: number) => (count === 1 ? '1 message' : `${count} messages`),
  verify: 'Check it offline',
  verifyText: 'Recomputes hashes, chain and signature from the stored rows:',
  verifyCommand: 'npx wayside verify --data DIR',
  download: 'Download evidence',
  copy: 'Copy',
  copied: 'Copied',
  recorded: 'Recorded',
  occurred: 'Occurred',
  vehicle: 'Vehicle',
  seat: 'Seat dispute',
} as const;

export const measures = {
  petSeconds: 'Time between the two (PET)',
  minSpeedMps: 'Slowest before entering',
  requiredDecelerationMps2: 'Braking needed to stop',
  stoppedSeconds: 'Time at rest on the crosswalk',
  framesPerSecond: 'Pictures per second',
  entrySpeedMps: 'Speed on entering',
  maxSpeedMps: 'Highest speed',
  ttcSeconds: 'Smallest time to collision',
  minDistanceMetres: 'Smallest gap',
  pedestrianSpeedMps: 'Pedestrian’s speed',
  short: { pet: 'ahead (PET)', stopped: 'on the crosswalk' },
} as const;

export const thresholds = {
  pet: (clear: string, max: string) => `below ${clear} s: went ahead; from ${max} s: no conflict`,
  slow: (value: string) => `slower than ${value} m/s counts as giving way`,
  brake: (value: string) => `up to ${value} m/s²: could have stopped`,
  stopped: (value: string) => `from ${value} s: waiting on the crosswalk`,
  frames: (value: string) => `at least ${value}`,
  limit: (value: string) => `limit ${value}`,
} as const;

export const replay = {
  play: 'Play',
  pause: 'Pause',
  back: 'One picture back',
  forward: 'One picture on',
  speed: 'Speed',
  position: 'Position in the replay',
  moments: { approach: 'Approach', entry: 'Entry', exit: 'Exit' },
  vehicleSpeed: 'Vehicle speed',
  yieldSpeed: 'giving way',
  conflict: 'Crossing point of the two paths',
  vehicleThere: 'Vehicle at ×',
  pedestrianThere: 'Pedestrian at ×',
  pet: (seconds: string) => `PET ${seconds} s`,
  flaggedVehicle: 'Flagged vehicle',
  decisive: 'Decisive pedestrian',
  others: 'Others',
  summary: (name: string) =>
    `Replay of the recorded paths at ${name}. Space plays, arrows step, 1, 2 and 3 jump to approach, entry and exit.`,
} as const;

export const rail = {
  seat: (coach: string, place: string) => `Coach ${coach}, seat ${place}`,
  train: (train: string, date: string) => `Train ${train}, ${date}`,
  section: (from: string, to: string) => `${from} to ${to}`,
  checked: 'Reservation checked',
  checkedText: (source: string, section: string) => `${source}; reserved ${section}`,
  sources: { manifest: 'Passenger list', 'ticket-scan': 'Ticket scanned', central: 'Central system' },
  asked: 'Asked to leave the seat',
  refused: 'Refused',
  moved: 'Moved',
  'left-before-asked': 'Left before being asked',
  'not-asked': 'Was not asked',
  note: 'Conductor’s note',
  later: (seconds: string) => `${seconds} later`,
} as const;

export const account = {
  title: (short: string) => `Account ${short}`,
  of: (all: number) => `of ${all}`,
  zone: (zone: string) => `newest first, in ${zone}; rows are never changed or removed`,
  road: 'Road account',
  railway: 'Rail account',
  scheme: (profile: string) => `Counts under ${profile}`,
  down: 'counts down',
  up: 'counts up',
  held: 'Held',
  posted: 'Posted',
  remains: 'Remain',
  stands: 'Stands at',
  remainsHint: 'if every hold is posted',
  limitDown: (limit: number) => `licence withheld at ${limit}`,
  limitUp: (limit: number) => `restriction at ${limit}`,
  meter: (held: number, posted: number, free: number) => `${posted} posted, ${held} held, ${free} free`,
  free: 'Free',
  ledger: 'Ledger',
  at: 'When',
  move: 'Move',
  pointsColumn: 'Points',
  about: 'For',
  none: 'The ledger has no entries',
  noList: 'Accounts are reached from an infraction only; there is no list of them.',
  moves: {
    award: 'Opening points',
    hold: 'Hold',
    post: 'Post',
    release: 'Release',
    reverse: 'Reversal',
    expire: 'Expiry',
    restore: 'Restoration',
  },
  infraction: 'Infraction',
} as const;

export const house = {
  title: 'House',
  lead: 'What came in, and where all of it went.',
  balanced: 'The books balance',
  balancedText: 'At every stage, what came in equals the sum of where it went.',
  unbalanced: 'The books do not balance',
  stages: { intake: 'Intake', judge: 'Judge', record: 'Record', holds: 'Holds' },
  stageText: {
    intake: 'Messages from devices',
    judge: 'Messages read from the log',
    record: 'Verdicts',
    holds: 'Infractions',
  },
  fields: {
    received: 'received',
    stored: 'stored',
    duplicate: 'duplicate',
    deadLettered: 'dead letters',
    inFlight: 'in flight',
    judged: 'judged',
    waiting: 'waiting',
    verdicts: 'verdicts',
    infraction: 'infraction',
    clear: 'clear',
    undecided: 'undecided',
    infractions: 'infractions',
    held: 'held',
    pending: 'due',
    unidentified: 'unidentified',
    none: 'no points',
  },
  handOver: { same: 'handed over', differs: (n: string) => `${n} on the way` },
  equal: 'balances',
  off: (count: string) => `off by ${count}`,
  observations: 'observations',
  late: 'late',
  health: 'Health',
  ready: 'Ready',
  notReady: 'Not ready',
  ok: 'ok',
  down: 'down',
  devices: 'Devices',
  device: 'Device',
  state: 'State',
  site: 'Site',
  clock: 'Clock',
  software: 'Software',
  heard: 'Last heard',
  ago: (age: string) => `${age} ago`,
  noDevices: 'No device has reported yet',
  states: { online: 'Online', stopping: 'Stopped', lost: 'Lost' },
  clocks: { synchronised: 'synchronised', holdover: 'holding over', unsynchronised: 'not synchronised' },
  deadLetters: 'Dead letters',
  deadLettersHint: (count: string) =>
    `${count} kept: messages the house could not read, each with its reason`,
  noDeadLetters: 'No dead letters',
  noDeadLettersText: 'Every message so far could be read.',
  reason: 'Reason',
  reasons: { schema: 'Does not fit the schema', 'not-json': 'Is not JSON', content: 'Contradicts itself' },
  received: 'Received',
  topic: 'Topic',
  showContent: 'Show what came',
  more: 'Show more',
} as const;

export const failures = {
  title: 'This could not be loaded',
  unreachable: 'The house does not answer. It is asked again by itself.',
  missingTitle: 'There is nothing here',
  missing: 'It may have been removed, or the address is wrong.',
  retry: 'Try again',
  home: 'Go to the live page',
  crash: 'The page met a fault of its own',
  crashText: 'Reload it; what the house has recorded is not touched.',
} as const;

export const signIn = {
  title: 'This house asks for its token',
  text: 'It was printed when the house was started.',
  token: 'Token',
  enter: 'Enter',
  wrong: 'That is not the token.',
} as const;

export const keys = {
  title: 'Keyboard',
  everywhere: 'Everywhere',
  list: 'Lists and infractions',
  replay: 'Replay',
  rows: {
    live: 'Live page',
    infractions: 'Infractions',
    house: 'House',
    help: 'This help',
    pause: 'Pause or resume the live list',
    next: 'Next (older)',
    previous: 'Previous (newer)',
    open: 'Open',
    play: 'Play or pause',
    step: 'One picture back or on',
    jump: 'Approach, entry, exit',
  },
} as const;
