import { deriveId } from '@wayside/contracts/ids';

/**
 * Whether a decision on this case is repeated by a second reviewer. Derived from the case's id under the house's key,
 * not random, so that it can be checked afterwards; and not foreseeable by who does not know the key.
 */
export function isSampled(caseId: string, key: string, perMille: number): boolean {
  const share =
    Number.parseInt(deriveId('case', 'second-review', key, caseId).slice(0, 8), 16) / 0x1_0000_0000;
  return share * 1000 < perMille;
}
