/** What somebody may do with a case now, and what stands in the way of the rest. */
import type { Actor, CaseEvent, CaseReason } from '@wayside/contracts/case';
import type { Officer } from '@wayside/contracts/officers';
import type { CaseFile, Command } from './case-file.ts';
import { EVENT_RULES } from './event-rules.ts';
import { obstacleOf } from './guards.ts';
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
export const officerOptions = (
  file: CaseFile,
  { id, roles }: Officer,
  around: Surroundings,
  atMs: number,
): readonly Option[] =>
  optionsOf(file, { kind: 'officer', id }, around, atMs).map((option) =>
    mayCause(roles, option.event, file.state)
      ? option
      : { ...option, reasons: [], refused: notTheirRole(option.event, file) },
  );

/** Only what the person concerned may do now. */
export const personOptions = (
  file: CaseFile,
  actor: Actor,
  around: Surroundings,
  atMs: number,
): readonly Option[] => optionsOf(file, actor, around, atMs).filter(({ refused }) => refused === null);

const NEEDS: Readonly<Partial<Record<CaseEvent, readonly Need[]>>> = {
  uphold: ['note'],
  dismiss: ['note'],
  'mark-duplicate': ['duplicateOf'],
  'name-driver': ['driver'],
};

const optionsOf = (file: CaseFile, actor: Actor, around: Surroundings, atMs: number): readonly Option[] =>
  allowedEvents(file.state).flatMap((event) => {
    const reasons = EVENT_RULES[event][actor.kind];
    return reasons
      ? [
          optionOf(
            file,
            reasons.map((reason) => complete(file, event, reason, actor, atMs)),
            around,
          ),
        ]
      : [];
  });

function optionOf(file: CaseFile, commands: readonly Command[], around: Surroundings): Option {
  const [first] = commands;
  if (!first) throw new Error('an actor who may cause an event may do so for a reason');
  const tried = commands.map((command) => ({ command, obstacle: obstacleOf(file, command, around) }));
  const reasons = tried.filter(({ obstacle }) => !obstacle).map(({ command }) => command.reason);
  const obstacle = reasons.length === 0 ? tried[0]?.obstacle : undefined;
  return {
    event: first.event,
    needs: NEEDS[first.event] ?? [],
    reasons,
    refused: obstacle ? { code: obstacle[0], detail: obstacle[1] } : null,
  };
}

const notTheirRole = (event: CaseEvent, { state }: CaseFile) => {
  const roles = rolesFor(event, state);
  return {
    code: 'not-your-role',
    detail:
      roles.length === 0 ? `"${event}" is nobody’s at an office` : `"${event}" is for: ${roles.join(', ')}`,
  };
};

/** The command as it will be once what it needs has been said, so that only what cannot be mended refuses it. */
const complete = (
  file: CaseFile,
  event: CaseEvent,
  reason: CaseReason,
  actor: Actor,
  atMs: number,
): Command => ({
  event,
  reason,
  atMs,
  actor,
  note: 'said',
  driver: driverFor(file, reason, actor),
  duplicateOf: file.infractionId,
});

function driverFor({ keeper, track }: CaseFile, reason: CaseReason, { kind, id }: Actor): string {
  if (kind === 'driver') return id;
  return reason === 'keeper-was-driver' ? (keeper ?? '') : `${track}:somebody`;
}
