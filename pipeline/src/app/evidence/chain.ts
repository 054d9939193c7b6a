/** What a link of a chain is made of, and its hash: the one definition for who seals and for who checks. */
import { contentHash } from '@wayside/contracts/canonical';
import type { EvidenceSeal } from '@wayside/contracts/infraction';

export type LinkContent = Pick<EvidenceSeal, 'chain' | 'position' | 'bodySha256' | 'previousSha256'>;

export const linkHash = ({ chain, position, bodySha256, previousSha256 }: LinkContent): string =>
  contentHash({ chain, position, bodySha256, previousSha256 });

/** One chain a log partition: its links are written by the one judge of that partition, in the order of the log. */
export const chainOf = (partition: number): string => `partition-${partition}`;
