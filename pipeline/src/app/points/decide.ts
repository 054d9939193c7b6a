/** What a person decides about an account. Nothing here happens of itself, and nothing is ever rewritten. */
import { deriveId } from '@wayside/contracts/ids';
import { restrictionTerm, type NoRestriction } from '../../domain/points/restriction.ts';
import type { CaseFile } from '../../domain/case/case-file.ts';
import type { Queryable } from '../database.ts';
import { lockBalances } from '../ledger/transfers.ts';
import { decisionsInForce } from './decisions-in-force.ts';
import { trackIn, type PointsHouse } from './house.ts';
import { standingOf } from './standing.ts';

/** An officer, and the reasons in words. */
export interface Decider {
  readonly officer: string;
  readonly reasons: string;
}

export type DecisionResult =
  | {
      readonly kind: 'decided';
      readonly id: string;
      readonly fromMs: number;
      readonly untilMs: number | null;
    }
  /** The same was decided before; that stands. */
  | { readonly kind: 'exists'; readonly id: string }
  | NoRestriction
  | {
      readonly kind: 'refused';
      readonly reason:
        'unknown-case' | 'unknown-scheme' | 'limit-not-reached' | 'nothing-to-lift' | 'unknown-account';
    };

interface DecisionRow {
  readonly id: string;
  readonly account: string;
  readonly kind: 'withhold-licence' | 'return-licence' | 'restrict-purchase' | 'lift-restriction';
  readonly caseId?: string;
  readonly lifts?: string;
  readonly operator?: string;
  readonly fromMs: number;
  readonly untilMs?: number;
}

const iso = (ms: number): string => new Date(ms).toISOString();

async function insert(
  tx: Queryable,
  row: DecisionRow,
  { officer, reasons }: Decider,
  nowMs: number,
): Promise<DecisionResult> {
  const { id, account, kind, caseId, lifts, operator, fromMs, untilMs } = row;
  const inserted = await tx.query(
    `INSERT INTO standing_decision (id, account, kind, case_id, lifts, operator, from_at, until_at, decided_by, decided_at, reasons)
     VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9, $10::timestamptz, $11)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      id,
      account,
      kind,
      caseId,
      lifts,
      operator,
      iso(fromMs),
      untilMs === undefined ? null : iso(untilMs),
      officer,
      iso(nowMs),
      reasons,
    ],
  );
  return inserted.length > 0
    ? { kind: 'decided', id, fromMs, untilMs: untilMs ?? null }
    : { kind: 'exists', id };
}

/** Keeps a passenger from buying an operator's tickets, once the objection window of the case is over. */
export function restrictPurchase(
  house: PointsHouse,
  { caseId, ...decider }: Decider & { readonly caseId: string },
): Promise<DecisionResult> {
  return house.database.transaction(async (tx) => {
    const [row] = await tx.query<{ readonly body: CaseFile; readonly finalAtMs: number | null }>(
      `SELECT c.body, (SELECT (extract(epoch FROM max(t.at)) * 1000)::bigint FROM case_transition t
         WHERE t.case_id = c.id AND t.event = 'finalise') AS "finalAtMs"
       FROM case_file c WHERE c.id = $1 FOR UPDATE OF c`,
      [caseId],
    );
    if (!row || row.body.account === null) return { kind: 'refused', reason: 'unknown-case' };
    const { account, site, profile, state, track } = { ...row.body, account: row.body.account };
    const scheme = house.schemes.get(profile.id);
    if (!scheme) return { kind: 'refused', reason: 'unknown-scheme' };
    const nowMs = house.clock();
    const about = { state, track, finalAtMs: row.finalAtMs };
    const term = restrictionTerm(trackIn(scheme, account), about, nowMs, scheme.timeZone.id);
    if (term.kind === 'refused') return term;
    const id = deriveId('decision', 'restrict-purchase', caseId);
    const operator = site.split('/')[0] ?? site;
    const { fromMs, untilMs } = term;
    const decision = { id, account, kind: 'restrict-purchase', caseId, operator, fromMs, untilMs } as const;
    return insert(tx, decision, decider, nowMs);
  });
}

/** Withholds a licence whose limit is reached. That the limit is reached is a fact; this is the decision. */
export function withholdLicence(
  house: PointsHouse,
  { account, ...decider }: Decider & { readonly account: string },
): Promise<DecisionResult> {
  return house.database.transaction(async (tx) => {
    await lockBalances(tx, [account]);
    const nowMs = house.clock();
    const standing = await standingOf(tx, house, account, nowMs);
    if (!standing) return { kind: 'refused', reason: 'unknown-account' };
    const [withheld] = (await decisionsInForce(tx, account, nowMs)).filter(
      ({ kind }) => kind === 'withhold-licence',
    );
    if (withheld) return { kind: 'exists', id: withheld.id };
    if (!standing.limitReached || standing.licence === 'none')
      return { kind: 'refused', reason: 'limit-not-reached' };
    const id = deriveId('decision', 'withhold-licence', account, nowMs);
    return insert(tx, { id, account, kind: 'withhold-licence', fromMs: nowMs }, decider, nowMs);
  });
}

/** Gives a licence back, or lets somebody buy tickets again before the time is over. */
export function liftDecision(
  house: PointsHouse,
  { account, decision, ...decider }: Decider & { readonly account: string; readonly decision: string },
): Promise<DecisionResult> {
  return house.database.transaction(async (tx) => {
    await lockBalances(tx, [account]);
    const nowMs = house.clock();
    const inForce = (await decisionsInForce(tx, account, nowMs)).find(({ id }) => id === decision);
    if (!inForce) return { kind: 'refused', reason: 'nothing-to-lift' };
    const kind = inForce.kind === 'withhold-licence' ? 'return-licence' : 'lift-restriction';
    const id = deriveId('decision', kind, decision);
    return insert(tx, { id, account, kind, lifts: decision, fromMs: nowMs }, decider, nowMs);
  });
}
