import { deriveId } from '@wayside/contracts/ids';
import { holdIdOf } from '../ledger/transfer.ts';
import { SYSTEM, type CaseFile, type Transition } from './case-file.ts';

export type CaseOrigin = Pick<
  CaseFile,
  | 'infractionId'
  | 'track'
  | 'rule'
  | 'profile'
  | 'process'
  | 'site'
  | 'device'
  | 'timeZone'
  | 'points'
  | 'keeper'
  | 'calibration'
> & { readonly occurredAtMs: number };

export interface OpenedCase {
  readonly file: CaseFile;
  readonly transition: Transition;
}

/** The case of an infraction; opened again, it is the same one. */
export function openCase({ occurredAtMs, ...origin }: CaseOrigin, atMs: number): OpenedCase {
  const file: CaseFile = {
    ...origin,
    id: deriveId('case', origin.infractionId),
    state: 'opened',
    version: 1,
    changedAtMs: atMs,
    moments: { occurred: occurredAtMs, opened: atMs },
    pauses: [],
    escalated: [],
    assignment: null,
    reviews: [],
    deciders: [],
    account: origin.keeper,
    driver: null,
    holdId: origin.keeper !== null && origin.points > 0 ? holdIdOf(origin.infractionId) : null,
    duplicateOf: null,
    finding: null,
    blockedBy: null,
  };
  return {
    file,
    transition: {
      position: 1,
      event: 'open',
      from: null,
      to: 'opened',
      actor: SYSTEM,
      atMs,
      reason: 'infraction-recorded',
      note: null,
      details: {},
    },
  };
}
