/**
 * How one account stands: the answer to one office's question about one account. Every question is authorised and
 * written down, refused ones too; there is no list of accounts, and nothing is published.
 */
import { availablePoints, pointsToLimit } from '../../domain/ledger/account-terms.ts';
import { lettersDue } from '../../domain/points/letters.ts';
import type { Queryable } from '../database.ts';
import { balanceAsOf } from '../ledger/balance-as-of.ts';
import { trackIn, type PointsHouse } from './house.ts';
import { readHistory } from './read-history.ts';
import { decisionsInForce, type DecisionInForce } from './decisions-in-force.ts';

export const OFFICES = ['house', 'licensing', 'ticket-office'] as const;
/** house: who works on its cases · licensing: road accounts · ticket-office: whether a rail account may buy, no more. */
export type Office = (typeof OFFICES)[number];

export interface StandingQuestion {
  readonly account: string;
  readonly asOfMs: number;
  readonly office: Office;
  /** Who at the office: a login. */
  readonly askedBy: string;
  /** What for, in words. */
  readonly purpose: string;
  /** ticket-office: whose tickets; a restriction is an operator's own. */
  readonly operator?: string;
}

export interface Standing {
  readonly kind: 'standing';
  readonly account: string;
  readonly asOf: string;
  readonly scheme: string;
  readonly counts: 'down' | 'up';
  readonly held: number;
  readonly posted: number;
  readonly available: number;
  readonly limitReached: boolean;
  /** to-be-withheld: the limit is reached, and nobody has decided yet. */
  readonly licence: 'good' | 'to-be-withheld' | 'withheld' | 'none';
  readonly letters: readonly { readonly letter: string; readonly since: string }[];
  readonly restrictions: readonly {
    readonly operator: string;
    readonly from: string;
    readonly until: string;
  }[];
}

export type StandingAnswer =
  | Standing
  | {
      readonly kind: 'purchase';
      readonly account: string;
      readonly asOf: string;
      readonly mayBuy: boolean;
      readonly until: string | null;
    }
  | { readonly kind: 'unknown-account'; readonly account: string }
  | { readonly kind: 'refused'; readonly reason: 'not-this-office' | 'no-operator-named' };

const iso = (ms: number): string => new Date(ms).toISOString();

/** Answers and writes the question down in one transaction: what is not written down is not answered. */
export function askStanding(house: PointsHouse, question: StandingQuestion): Promise<StandingAnswer> {
  return house.database.transaction(async (tx) => {
    const answer = refusalOf(question) ?? (await answerOf(tx, house, question));
    await tx.query(
      `INSERT INTO standing_query (account, as_of, office, asked_by, purpose, asked_at, answered, answer)
       VALUES ($1, $2::timestamptz, $3, $4, $5, $6::timestamptz, $7, $8::jsonb)`,
      [
        question.account,
        iso(question.asOfMs),
        question.office,
        question.askedBy,
        question.purpose,
        iso(house.clock()),
        answer.kind !== 'refused',
        JSON.stringify(answer),
      ],
    );
    return answer;
  });
}

function refusalOf({ account, office, operator }: StandingQuestion): StandingAnswer | undefined {
  const isRail = account.startsWith('rail:');
  if (office === 'house') return undefined;
  if ((office === 'ticket-office') !== isRail) return { kind: 'refused', reason: 'not-this-office' };
  return office === 'ticket-office' && operator === undefined
    ? { kind: 'refused', reason: 'no-operator-named' }
    : undefined;
}

async function answerOf(
  tx: Queryable,
  house: PointsHouse,
  { account, asOfMs, office, operator = '' }: StandingQuestion,
): Promise<StandingAnswer> {
  if (office !== 'ticket-office')
    return (await standingOf(tx, house, account, asOfMs)) ?? { kind: 'unknown-account', account };
  const restrictions = (await decisionsInForce(tx, account, asOfMs)).filter(
    (decision) => decision.kind === 'restrict-purchase' && decision.operator === operator,
  );
  const untilMs = Math.max(...restrictions.map((decision) => decision.untilMs ?? 0), 0);
  const until = restrictions.length === 0 ? null : iso(untilMs);
  return { kind: 'purchase', account, asOf: iso(asOfMs), mayBuy: restrictions.length === 0, until };
}

/**
 * How an account stood by law at a moment, as far as is known now. Not for handing out: `askStanding` authorises and
 * writes down. @returns undefined where the account was never opened.
 */
export async function standingOf(
  tx: Queryable,
  { schemes }: Pick<PointsHouse, 'schemes'>,
  account: string,
  asOfMs: number,
): Promise<Standing | undefined> {
  const history = await readHistory(tx, account);
  if (!history || history.openedAtMs > asOfMs) return undefined;
  const { terms, entries } = history;
  const scheme = schemes.get(terms.scheme);
  const balance = await balanceAsOf(tx, account, asOfMs, 'law');
  const limitReached = balance.posted >= pointsToLimit(terms) + balance.bonus;
  const decisions = await decisionsInForce(tx, account, asOfMs);
  const letters = scheme ? lettersDue(entries, trackIn(scheme, account), asOfMs) : [];
  return {
    kind: 'standing',
    account,
    asOf: iso(asOfMs),
    scheme: terms.scheme,
    counts: terms.counts,
    held: balance.held,
    posted: balance.posted,
    available: availablePoints(terms, balance),
    limitReached,
    licence: licenceOf(account, limitReached, decisions),
    letters: letters.map(({ letter, sinceMs }) => ({ letter, since: iso(sinceMs) })),
    restrictions: decisions.flatMap(({ operator, fromMs, untilMs }) =>
      operator !== null && untilMs !== null ? [{ operator, from: iso(fromMs), until: iso(untilMs) }] : [],
    ),
  };
}

function licenceOf(
  account: string,
  limitReached: boolean,
  decisions: readonly DecisionInForce[],
): Standing['licence'] {
  if (account.startsWith('rail:')) return 'none';
  if (decisions.some(({ kind }) => kind === 'withhold-licence')) return 'withheld';
  return limitReached ? 'to-be-withheld' : 'good';
}
