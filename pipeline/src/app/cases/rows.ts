/** Rows of case_file and case_transition. The head's body is the fold of the transitions; its columns are for searching. */
import type { Actor, CaseReason, CaseState } from '@wayside/contracts/case';
import type { CaseFile, Transition, TransitionDetails } from '../../domain/case/case-file.ts';
import type { OpenedCase } from '../../domain/case/open-case.ts';
import type { Queryable } from '../database.ts';

const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

/** Waits for whoever has the case. */
export async function lockCase(tx: Queryable, id: string): Promise<CaseFile | undefined> {
  const [row] = await tx.query<{ readonly body: CaseFile }>(
    'SELECT body FROM case_file WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row?.body;
}

/** Leaves a case that somebody else has, or that is due no more. */
export async function lockDueCase(tx: Queryable, id: string, nowMs: number): Promise<CaseFile | undefined> {
  const [row] = await tx.query<{ readonly body: CaseFile }>(
    'SELECT body FROM case_file WHERE id = $1 AND due_at <= $2::timestamptz FOR UPDATE SKIP LOCKED',
    [id, iso(nowMs)],
  );
  return row?.body;
}

/** @returns the ids that were not there before. Locks: the new rows. */
export async function insertOpened(
  tx: Queryable,
  opened: readonly (OpenedCase & { readonly dueAtMs: number | null })[],
): Promise<ReadonlySet<string>> {
  const rows = opened.map(({ file, dueAtMs }) => ({
    ...searched(file),
    infraction_id: file.infractionId,
    occurred_at: iso(file.moments.occurred),
    opened_at: iso(file.moments.opened),
    process: file.process.id,
    process_version: file.process.version,
    site: file.site,
    device: file.device,
    rule: file.rule,
    due_at: iso(dueAtMs),
  }));
  const inserted = await tx.query<{ readonly id: string }>(
    `INSERT INTO case_file (id, infraction_id, occurred_at, opened_at, process, process_version, site, device, rule,
       account, state, version, due_at, body)
     SELECT id, infraction_id, occurred_at, opened_at, process, process_version, site, device, rule,
       account, state, version, due_at, body
     FROM json_to_recordset($1::json) AS r(id uuid, infraction_id uuid, occurred_at timestamptz, opened_at timestamptz,
       process text, process_version text, site text, device text, rule text, account text, state text,
       version integer, due_at timestamptz, body jsonb)
     ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  const ids = new Set(inserted.map(({ id }) => id));
  const steps = opened.filter(({ file }) => ids.has(file.id));
  await insertTransitions(
    tx,
    steps.map(({ file, transition }) => ({ file, transition })),
  );
  return ids;
}

/** Adds what happened and moves the head on. The caller has the case locked. */
export async function saveSteps(
  tx: Queryable,
  file: CaseFile,
  transitions: readonly Transition[],
  dueAtMs: number | null,
): Promise<void> {
  await insertTransitions(
    tx,
    transitions.map((transition) => ({ file, transition })),
  );
  await tx.query(
    `UPDATE case_file AS c SET account = r.account, state = r.state, version = r.version, body = r.body,
       due_at = $2::timestamptz, assigned_to = r.assigned_to, assigned_until = r.assigned_until, finding = r.finding,
       found_at = CASE WHEN r.finding IS NULL THEN NULL
                       WHEN c.finding IS DISTINCT FROM r.finding THEN $3::timestamptz ELSE c.found_at END
     FROM json_to_record($1::json) AS r(id uuid, account text, state text, version integer, body jsonb,
       assigned_to text, assigned_until timestamptz, finding text)
     WHERE c.id = r.id`,
    [JSON.stringify(searched(file)), iso(dueAtMs), iso(file.changedAtMs)],
  );
}

export async function setDue(tx: Queryable, id: string, dueAtMs: number | null): Promise<void> {
  await tx.query('UPDATE case_file SET due_at = $2::timestamptz WHERE id = $1', [id, iso(dueAtMs)]);
}

const searched = (file: CaseFile) => ({
  id: file.id,
  account: file.account,
  state: file.state,
  version: file.version,
  assigned_to: file.assignment?.officer ?? null,
  assigned_until: iso(file.assignment?.untilMs),
  finding: file.finding,
  body: file,
});

interface TakenStep {
  readonly file: CaseFile;
  readonly transition: Transition;
}

async function insertTransitions(tx: Queryable, steps: readonly TakenStep[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ file, transition: { actor, atMs, from, to, ...step } }) => ({
    ...step,
    case_id: file.id,
    from_state: from,
    to_state: to,
    actor_kind: actor.kind,
    actor_id: actor.id,
    at: iso(atMs),
    profile: file.profile.id,
    profile_version: file.profile.version,
    process_version: file.process.version,
  }));
  await tx.query(
    `INSERT INTO case_transition (case_id, position, event, from_state, to_state, actor_kind, actor_id, at, reason, note,
       profile, profile_version, process_version, details)
     SELECT case_id, position, event, from_state, to_state, actor_kind, actor_id, at, reason, note,
       profile, profile_version, process_version, details
     FROM json_to_recordset($1::json) AS r(case_id uuid, position integer, event text, from_state text, to_state text,
       actor_kind text, actor_id text, at timestamptz, reason text, note text, profile text, profile_version text,
       process_version text, details jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** The history of a case, first step first. */
export async function readTransitions(tx: Queryable, caseId: string): Promise<readonly Transition[]> {
  const rows = await tx.query<{
    readonly position: number;
    readonly event: Transition['event'];
    readonly from: CaseState | null;
    readonly to: CaseState;
    readonly actorKind: Actor['kind'];
    readonly actorId: string;
    readonly at: Date;
    readonly reason: CaseReason;
    readonly note: string | null;
    readonly details: TransitionDetails;
  }>(
    `SELECT position, event, from_state AS "from", to_state AS "to", actor_kind AS "actorKind", actor_id AS "actorId",
       at, reason, note, details
     FROM case_transition WHERE case_id = $1 ORDER BY position`,
    [caseId],
  );
  return rows.map(({ actorKind, actorId, at, ...step }) => ({
    ...step,
    actor: { kind: actorKind, id: actorId },
    atMs: at.getTime(),
  }));
}
