import type { AccountTerms } from '../../domain/ledger/account-terms.ts';
import { awardTransfer } from '../../domain/ledger/transfer.ts';
import type { Queryable } from '../database.ts';
import { insertTransfers } from './transfers.ts';

export interface OpeningAccount {
  readonly id: string;
  readonly terms: AccountTerms;
}

/**
 * Opens accounts that do not exist yet, each with a balance and, counting down, its opening award. An account that
 * stands keeps the terms it was opened under. Locks: the new rows, in order of account.
 */
export async function openAccounts(
  tx: Queryable,
  wanted: readonly OpeningAccount[],
  atMs: number,
): Promise<void> {
  const rows = wanted.map(({ id, terms }) => ({ id, ...terms }));
  const opened = await tx.query<{ readonly id: string }>(
    `WITH wanted AS (
       SELECT DISTINCT ON (id) * FROM json_to_recordset($1::json)
         AS r(id text, scheme text, counts text, initial integer, "limit" integer) ORDER BY id
     ), opened AS (
       INSERT INTO account (id, scheme, counts, initial, max_points, opened_at)
       SELECT id, scheme, counts, initial, "limit", $2::timestamptz FROM wanted ORDER BY id
       ON CONFLICT (id) DO NOTHING RETURNING id
     )
     INSERT INTO balance (account) SELECT id FROM opened ORDER BY id RETURNING account AS id`,
    [JSON.stringify(rows), new Date(atMs).toISOString()],
  );
  const ids = new Set(opened.map(({ id }) => id));
  const terms = new Map(wanted.filter(({ id }) => ids.has(id)).map((account) => [account.id, account.terms]));
  const awards = [...terms].flatMap(([id, of]) => awardTransfer(id, of) ?? []);
  await insertTransfers(tx, awards, atMs);
}

/** @returns those of the accounts that do not exist. Locks nothing. */
export async function missingAccounts(
  tx: Queryable,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const missing = await tx.query<{ readonly account: string }>(
    `SELECT account FROM unnest($1::text[]) AS account WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = account)`,
    [[...new Set(accounts)]],
  );
  return missing.map(({ account }) => account);
}

/** The terms accounts were opened under, by account. Locks their balances, in order of account. */
export async function termsOf(
  tx: Queryable,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, AccountTerms>> {
  const rows = await tx.query<AccountTerms & { readonly id: string }>(
    `SELECT b.account AS id, a.scheme, a.counts, a.initial, a.max_points AS "limit"
     FROM balance b JOIN account a ON a.id = b.account
     WHERE b.account = ANY($1::text[]) ORDER BY b.account FOR UPDATE OF b`,
    [[...new Set(accounts)]],
  );
  return new Map(rows.map(({ id, ...terms }) => [id, terms]));
}
