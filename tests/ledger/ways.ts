/** How a case is pushed on, one step, by whoever may: what the state it is in allows. */
import type { Wanted } from '@wayside/pipeline/app/cases/transition';
import { driver, keeper, officer, system } from '@wayside/pipeline/testing/case-walk';

/** Choices of a person, as small numbers that shrink. */
export interface Choice {
  readonly way: number;
  /** The account of whoever drove. */
  readonly driver: string;
}

/** @returns undefined where nobody has anything to do. */
export function nextStep(state: string, account: string, { way, driver: named }: Choice): Wanted | undefined {
  switch (state) {
    case 'opened':
      return { event: 'assign', actor: officer('li'), reason: 'taken' };
    case 'in-review':
      return way % 8 !== 0
        ? { event: 'confirm', actor: officer('li'), reason: 'seen-in-evidence' }
        : { event: 'reject', actor: officer('li'), reason: 'necessity' };
    case 'confirmed':
      return { event: 'notify-keeper', actor: system, reason: 'letter-delivered' };
    case 'keeper-notified':
      return {
        event: 'name-driver',
        actor: keeper(account),
        reason: named === account ? 'keeper-was-driver' : 'keeper-names-driver',
        driver: named,
      };
    case 'identified':
      return { event: 'notify-driver', actor: system, reason: 'letter-delivered' };
    case 'noticed':
      return way % 4 !== 2
        ? { event: 'accept', actor: driver(account), reason: way % 2 === 1 ? 'paid' : 'accepted-as-is' }
        : { event: 'appeal', actor: driver(account), reason: 'disputes-facts' };
    case 'appealed':
      return appealStep(way, account);
    default:
      return undefined;
  }
}

function appealStep(way: number, account: string): Wanted {
  if (way % 3 === 0) return { event: 'withdraw', actor: driver(account), reason: 'withdrawn-by-person' };
  const decision = way % 3 === 1 ? 'dismiss' : 'uphold';
  return decision === 'dismiss'
    ? { event: 'dismiss', actor: officer('wu'), reason: 'facts-stand', note: 'Seen again.' }
    : { event: 'uphold', actor: officer('wu'), reason: 'necessity', note: 'It was so.' };
}
