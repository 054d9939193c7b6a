import type { Officer } from '@wayside/contracts/officers';

/** Who works here. */
export interface OfficerBook {
  /** Invented officers whom anybody may be; empty in a house that has real ones. */
  readonly demo: readonly Officer[];
  readonly byId: (id: string) => Officer | undefined;
  /** Takes the same time for every token that is nobody's. */
  readonly byToken: (token: string) => Officer | undefined;
}

/** So that somebody who looks at a house on their own machine can see what an office sees. They are said to be invented. */
export const DEMO_OFFICERS: readonly Officer[] = [
  { id: 'li-na', name: 'Li Na', roles: ['reviewer'] },
  { id: 'omar-haddad', name: 'Omar Haddad', roles: ['reviewer'] },
  { id: 'ines-costa', name: 'Inês Costa', roles: ['adjudicator'] },
  { id: 'wu-jun', name: 'Wu Jun', roles: ['adjudicator'] },
  { id: 'maja-berg', name: 'Maja Berg', roles: ['clerk'] },
  { id: 'tom-okafor', name: 'Tom Okafor', roles: ['admin', 'ticket-office'] },
];

export const demoOfficers = (): OfficerBook => ({
  demo: DEMO_OFFICERS,
  byId: (id) => DEMO_OFFICERS.find((officer) => officer.id === id),
  byToken: () => undefined,
});

/** A house that has none: nobody can act on cases. */
export const noOfficers = (): OfficerBook => ({
  demo: [],
  byId: () => undefined,
  byToken: () => undefined,
});
