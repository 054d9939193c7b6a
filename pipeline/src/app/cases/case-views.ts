/** Reads cases: for whoever decides on them, and for pages. */
import type { CaseState, CaseView } from '@wayside/contracts/case';
import type { CaseFile, Transition } from '../../domain/case/case-file.ts';
import { runningPeriods } from '../../domain/case/clock.ts';
import { PERIOD_RULES } from '../../domain/case/period-rules.ts';
import type { Queryable } from '../database.ts';
import { lawOf } from './around.ts';
import type { CaseHouse } from './house.ts';
import { processUnder } from './processes.ts';
import { readTransitions } from './rows.ts';

export interface CaseRecord {
  readonly file: CaseFile;
  readonly transitions: readonly Transition[];
}

/** A case with its whole history; whoever shows it to a second reviewer takes `blindTo` first. */
export async function readCase(tx: Queryable, id: string): Promise<CaseRecord | undefined> {
  const [row] = await tx.query<{ readonly body: CaseFile }>('SELECT body FROM case_file WHERE id = $1', [id]);
  if (!row) return undefined;
  const file = row.body;
  const transitions = await readTransitions(tx, id);
  return { file, transitions: transitions.filter(({ position }) => position <= file.version) };
}

/** While a second review is open nobody sees what the first reviewer said: the second would not be blind. */
export function blindTo({ file, transitions }: CaseRecord): CaseRecord {
  if (file.state !== 'second-review') return { file, transitions };
  return {
    file: { ...file, reviews: [] },
    transitions: transitions.filter(({ event }) => event !== 'confirm' && event !== 'reject'),
  };
}

export async function caseView(tx: Queryable, house: CaseHouse, file: CaseFile): Promise<CaseView> {
  const process = await processUnder(tx, house, file.process);
  const [next] = runningPeriods(file, lawOf(house, process, file.track));
  return {
    id: file.id,
    infraction: file.infractionId,
    track: file.track,
    rule: file.rule,
    site: file.site,
    device: file.device,
    occurredAt: new Date(file.moments.occurred ?? 0).toISOString(),
    account: file.account,
    points: file.points,
    state: file.state,
    version: file.version,
    lapses: next ? { at: new Date(next.atMs).toISOString(), reason: PERIOD_RULES[next.name].lapsed } : null,
    blockedBy: file.blockedBy,
    duplicateOf: file.duplicateOf,
    assigned: file.assignment && {
      officer: file.assignment.officer,
      until: new Date(file.assignment.untilMs).toISOString(),
    },
  };
}

/** What waits for an officer's decision. */
export const WAITING = {
  review: ['opened', 'in-review'],
  'second-review': ['second-review'],
  appeal: ['appealed', 'appealed-again'],
} as const satisfies Record<string, readonly CaseState[]>;

/**
 * Cases that this officer may take now, the first to lapse first: not in another's hands, and none that this officer has
 * reviewed or decided before (two pairs of eyes).
 */
export async function waitingFor(
  { database, clock }: CaseHouse,
  kind: keyof typeof WAITING,
  officer: string,
  limit = 50,
): Promise<readonly CaseFile[]> {
  const rows = await database.query<{ readonly body: CaseFile }>(
    `SELECT body FROM case_file
     WHERE state = ANY($1::text[]) AND (assigned_to IS NULL OR assigned_to = $2 OR assigned_until <= $3::timestamptz)
       AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(body->'reviews') AS r WHERE r->>'officer' = $2)
       AND NOT jsonb_exists(body->'deciders', $2)
     ORDER BY due_at NULLS LAST, id LIMIT $4`,
    [WAITING[kind], officer, new Date(clock()).toISOString(), limit],
  );
  return rows.map(({ body }) => body);
}
