/** What an officer may do with a case now, and what stands in the way of the rest. */
import type { CaseEvent, CaseReason } from '@wayside/contracts/case';
import type { Officer } from '@wayside/contracts/officers';
import type { CaseFile, Command } from './case-file.ts';
import { EVENT_RULES } from './event-rules.ts';
import { obstacleOf } from './guards.ts';
import type { Obstacle } from './refusal.ts';
import { mayCause, rolesFor } from './roles.ts';
import type { Surroundings } from './system-step.ts';
import { allowedEvents } from './table.ts';

export type Need = 'note' | 'driver' | 'duplicateOf';

export interface Option {
  readonly event: CaseEvent;
  readonly reasons: readonly CaseReason[];
  readonly needs: readonly Need[];
  readonly refused: { readonly code: string; readonly detail: string } | null;
}

/** Every event of the table for this state that an officer can cause at all, in the table's order. */
export const optionsOf = (
  file: CaseFile,
  officer: Officer,
  around: Surroundings,
  atMs: number,
): readonly Option[] =>
  allowedEvents(file.state).flatMap((event) => {
    const reasons = EVENT_RULES[event].officer;
    return reasons ? [optionOf(file, { event, reasons }, officer, around, atMs)] : [];
  });

const NEEDS: Readonly<Partial<Record<CaseEvent, readonly Need[]>>> = {
  uphold: ['note'],
  dismiss: ['note'],
  'mark-duplicate': ['duplicateOf'],
  'name-driver': ['driver'],
};

function optionOf(
  file: CaseFile,
  { event, reasons }: { readonly event: CaseEvent; readonly reasons: readonly CaseReason[] },
  officer: Officer,
  around: Surroundings,
  atMs: number,
): Option {
  const needs = NEEDS[event] ?? [];
  if (!mayCause(officer.roles, event, file.state))
    return { event, needs, reasons: [], refused: notTheirRole(event, file) };
  const tried = reasons.map((reason) => ({
    reason,
    obstacle: obstacleOf(file, complete(file, { event, reason, officer: officer.id, atMs }), around),
  }));
  const free = tried.filter(({ obstacle }) => obstacle === undefined).map(({ reason }) => reason);
  const first = tried[0]?.obstacle;
  return { event, needs, reasons: free, refused: free.length === 0 && first ? inWords(first) : null };
}

const notTheirRole = (event: CaseEvent, { state }: CaseFile) => ({
  code: 'not-your-role',
  detail: `"${event}" is for: ${rolesFor(event, state).join(', ')}`,
});

const inWords = ([code, detail]: Obstacle) => ({ code, detail });

interface Wish {
  readonly event: CaseEvent;
  readonly reason: CaseReason;
  readonly officer: string;
  readonly atMs: number;
}

/** The command as it will be once what it needs has been said, so that only what cannot be mended refuses it. */
const complete = (file: CaseFile, { event, reason, officer, atMs }: Wish): Command => ({
  event,
  reason,
  atMs,
  actor: { kind: 'officer', id: officer },
  note: 'said',
  driver: reason === 'keeper-was-driver' ? (file.keeper ?? '') : `${file.track}:somebody`,
  duplicateOf: file.infractionId,
});
