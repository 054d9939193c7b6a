/**
 * The small model that histories are held against. It knows the decided facts (whose debit, posted when, paid when, found
 * a mistake or not, courses) and says from them alone what must be held and posted. It shares no code with the ledger.
 */
export interface ModelDebit {
  readonly infraction: string;
  readonly points: number;
  account: string;
  state: 'open' | 'posted' | 'released';
  /** Whether its hold is in the ledger yet. */
  placed: boolean;
  postedAtMs: number;
  /** The ledger's name for the posting; among postings of one moment it says which is the older. */
  entry: string;
  paidAtMs: number;
  /** A mistake that was taken back after it had been posted. */
  reversed: boolean;
}

interface ModelCredit {
  readonly account: string;
  readonly points: number;
  readonly atMs: number;
}

export interface Model {
  readonly accounts: readonly string[];
  readonly debits: ModelDebit[];
  readonly credits: ModelCredit[];
  /** When each account was opened. */
  readonly openedAtMs: Map<string, number>;
  /** How often something happened, to see that histories say something. */
  readonly seen: Map<string, number>;
}

export const newModel = (accounts: readonly string[]): Model => ({
  accounts,
  debits: [],
  credits: [],
  openedAtMs: new Map(),
  seen: new Map(),
});

export const note = ({ seen }: Model, what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

export const expectedHeld = ({ debits }: Model, account: string): number =>
  debits.reduce(
    (sum, debit) =>
      sum + (debit.account === account && debit.state === 'open' && debit.placed ? debit.points : 0),
    0,
  );

/** China's scheme, told again: at each anniversary less than 12 is cleared where it is paid; courses take the oldest. */
export function expectedPosted(model: Model, account: string, nowMs: number): number {
  const entries = model.debits
    .filter((debit) => debit.account === account && debit.state === 'posted' && !debit.reversed)
    .map((debit) => ({ ...debit, left: debit.points }))
    .sort((a, b) => a.postedAtMs - b.postedAtMs || (a.entry < b.entry ? -1 : 1));
  const courses = model.credits
    .filter((credit) => credit.account === account)
    .map(({ atMs, points }) => ({ atMs, points }));
  const ends = anniversaries(model.openedAtMs.get(account) ?? nowMs, nowMs).map((atMs) => ({
    atMs,
    points: 0,
  }));
  for (const { atMs, points } of [...courses, ...ends].sort(
    (a, b) => a.atMs - b.atMs || b.points - a.points,
  )) {
    const standing = entries.filter((entry) => entry.postedAtMs < atMs && entry.left > 0);
    if (points > 0) takeCourse(standing, points);
    else endCycle(standing, atMs);
  }
  return entries.reduce((sum, { left }) => sum + left, 0);
}

function endCycle(standing: readonly { left: number; readonly paidAtMs: number }[], atMs: number): void {
  if (standing.reduce((sum, { left }) => sum + left, 0) >= 12) return;
  for (const entry of standing) if (entry.paidAtMs < atMs) entry.left = 0;
}

function takeCourse(standing: readonly { left: number }[], points: number): void {
  let open = points;
  for (const entry of standing) {
    const taken = Math.min(entry.left, open);
    entry.left -= taken;
    open -= taken;
  }
}

const CHONGQING_MS = 8 * 3_600_000;

/** Midnights there, each a year after the day of the opening. No account here is opened on a 29 February. */
function anniversaries(openedAtMs: number, nowMs: number): readonly number[] {
  const day = new Date(openedAtMs + CHONGQING_MS);
  const ends: number[] = [];
  for (let year = day.getUTCFullYear() + 1; ; year++) {
    const endMs = Date.UTC(year, day.getUTCMonth(), day.getUTCDate()) - CHONGQING_MS;
    if (endMs > nowMs) return ends;
    ends.push(endMs);
  }
}
