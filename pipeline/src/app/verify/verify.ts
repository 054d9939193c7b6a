/** Recomputes what is stored by another path than the one that wrote it. Only reads; the house should be at rest. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { Queryable } from '../database.ts';
import type { PublicJwk } from '../evidence/signer.ts';
import type { VerifyReport } from './check.ts';
import { caseChecks } from './case-checks.ts';
import { counterChecks } from './counter-checks.ts';
import { evidenceChecks } from './evidence-checks.ts';
import { ledgerChecks } from './ledger-checks.ts';
import { recordChecks } from './record-checks.ts';
import { rejudgeChecks } from './rejudge-checks.ts';

export interface VerifyOptions {
  /** Every key evidence may have been signed with. */
  readonly publicKeys: readonly PublicJwk[];
  readonly profiles: readonly LawProfile[];
  readonly onProgress?: (text: string) => void;
}

export async function verify(database: Queryable, options: VerifyOptions): Promise<VerifyReport> {
  const { publicKeys, profiles, onProgress = () => undefined } = options;
  const checks = [
    ...(await counterChecks(database)),
    ...(await recordChecks(database)),
    ...(await ledgerChecks(database)),
    ...(await caseChecks(database)),
    ...(await evidenceChecks(database, publicKeys, onProgress)),
    ...(await rejudgeChecks(database, profiles, onProgress)),
  ];
  return { ok: checks.every(({ ok }) => ok), checks };
}
