/**
 * Plates and tickets leave a device only as keyed tokens (ARCHITECTURE, promise 9): HMAC-SHA-256 of
 * `<kind>:<normalised text>` under the jurisdiction's key, which devices hold and the house does not. The kind is in
 * it, so that a plate and a ticket that read alike share nothing.
 */
import { Type, type Static } from 'typebox';

export const PlateToken = Type.String({ pattern: '^plate_[A-Za-z0-9_-]{43}$' });
export const TicketToken = Type.String({ pattern: '^ticket_[A-Za-z0-9_-]{43}$' });
export const StaffToken = Type.String({ pattern: '^staff_[A-Za-z0-9_-]{43}$' });

export type PlateToken = Static<typeof PlateToken>;
export type TicketToken = Static<typeof TicketToken>;

/** Road and rail accounts are separate and never mixed (promise 9): the id itself says which it is. */
export const AccountId = Type.String({ pattern: '^(road:plate|rail:ticket)_[A-Za-z0-9_-]{43}$' });
export type AccountId = Static<typeof AccountId>;

export const roadAccount = (plate: PlateToken): AccountId => `road:${plate}`;
export const railAccount = (ticket: TicketToken): AccountId => `rail:${ticket}`;
