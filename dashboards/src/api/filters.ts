/** The filters of the list of infractions, as they stand in the address of the page and in the question to the house. */
import type { RuleId } from '@wayside/contracts/law-profile';
import { ruleIds } from '../words.ts';
import { withQuery } from './client.ts';

export interface Filters {
  readonly site?: string;
  readonly rule?: RuleId;
  /** RFC 3339, UTC. */
  readonly from?: string;
  readonly to?: string;
}

const isMoment = (text: string | null): text is string => text !== null && !Number.isNaN(Date.parse(text));

/** What an address holds that is no filter is left out. */
export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  const rule = ruleIds.find((id) => id === query.get('rule'));
  const [site, from, to] = [query.get('site'), query.get('from'), query.get('to')];
  return {
    ...(site && { site }),
    ...(rule && { rule }),
    ...(isMoment(from) && { from: new Date(from).toISOString() }),
    ...(isMoment(to) && { to: new Date(to).toISOString() }),
  };
}

export const filtersPath = (path: string, filters: Filters): string => withQuery(path, { ...filters });
export const hasFilters = (filters: Filters): boolean => Object.keys(filters).length > 0;
