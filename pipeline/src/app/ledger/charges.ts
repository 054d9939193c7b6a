/** What holds of schemes with a novice's factor or a limit an occasion take. Callers have the balances locked. */
import type { PointsTrack } from '@wayside/contracts/points-scheme';
import { dayOfIso } from '../../domain/calendar/local-day.ts';
import { chargeOf, type Charge } from '../../domain/ledger/charge.ts';
import type { HoldOrder } from '../../domain/ledger/transfer.ts';
import type { Queryable } from '../database.ts';

/** @returns what follows posted points in a scheme, for the kind of account this is; undefined where nothing is known. */
export type TrackOf = (scheme: string, account: string) => PointsTrack | undefined;

export interface PricedOrder extends HoldOrder {
  readonly scheme: string;
}

interface FactRow {
  readonly holdId: string;
  readonly occasion: string;
  readonly occurredOn: string;
  readonly firstIssuedOn: string | null;
  readonly alreadyCharged: number;
}

/** @returns the orders with the points each takes; an order that takes none is left out, its charge says why. */
export async function charged<T extends PricedOrder>(
  tx: Queryable,
  orders: readonly T[],
  trackOf: TrackOf | undefined,
  atMs: number,
): Promise<readonly T[]> {
  const special = orders.flatMap((order) => {
    const track = trackOf?.(order.scheme, order.account);
    return track && (track.novice ?? track.occasion) ? [{ order, track }] : [];
  });
  if (special.length === 0) return orders;
  const charges = await price(tx, special);
  await keep(tx, special, charges, atMs);
  return orders.flatMap((order) => {
    const charge = charges.get(order.holdId);
    if (charge === undefined) return [order];
    return charge.charged === 0 ? [] : [{ ...order, points: charge.charged }];
  });
}

interface Special {
  readonly order: PricedOrder;
  readonly track: PointsTrack;
}

async function price(tx: Queryable, special: readonly Special[]): Promise<ReadonlyMap<string, Charge>> {
  const facts = new Map((await factsOf(tx, special)).map((row) => [row.holdId, row]));
  const spent = new Map<string, number>();
  const charges = new Map<string, Charge>();
  for (const { order, track } of special) {
    const fact = facts.get(order.holdId);
    if (fact === undefined || charges.has(order.holdId)) continue;
    const occasion = `${order.account} ${fact.occasion}`;
    const charge = chargeOf(track, {
      base: order.points,
      firstIssuedOn: fact.firstIssuedOn,
      occurredOn: dayOfIso(fact.occurredOn),
      alreadyCharged: fact.alreadyCharged + (spent.get(occasion) ?? 0),
    });
    spent.set(occasion, (spent.get(occasion) ?? 0) + charge.charged);
    charges.set(order.holdId, charge);
  }
  return charges;
}

/** The infractions of one verdict are one occasion. Another hold of the same infraction is not its rival: it was moved. */
const factsOf = (tx: Queryable, special: readonly Special[]): Promise<readonly FactRow[]> =>
  tx.query<FactRow>(
    `SELECT r."holdId", i.verdict_id AS occasion, (i.occurred_at AT TIME ZONE 'UTC')::date::text AS "occurredOn",
       l.first_issued_on::text AS "firstIssuedOn", coalesce((
         SELECT sum(h.points) FROM infraction other
         JOIN transfer h ON h.infraction_id = other.id AND h.kind = 'hold' AND h.account = r.account
         LEFT JOIN transfer gone ON gone.hold_id = h.id AND gone.kind = 'release'
         WHERE other.verdict_id = i.verdict_id AND other.occurred_at = i.occurred_at AND other.id <> i.id
           AND gone.id IS NULL), 0)::integer AS "alreadyCharged"
     FROM json_to_recordset($1::json) AS r("holdId" uuid, "infractionId" uuid, account text)
     JOIN infraction i ON i.id = r."infractionId" LEFT JOIN licence l ON l.account = r.account`,
    [JSON.stringify(special.map(({ order }) => order))],
  );

async function keep(
  tx: Queryable,
  special: readonly Special[],
  charges: ReadonlyMap<string, Charge>,
  atMs: number,
): Promise<void> {
  const rows = special.flatMap(({ order }) => {
    const charge = charges.get(order.holdId);
    if (charge === undefined || charge.charged === charge.base) return [];
    const { holdId, infractionId, account } = order;
    return [{ holdId, infractionId, account, ...charge }];
  });
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO charge (hold_id, infraction_id, account, base, factor, room, charged, at)
     SELECT "holdId", "infractionId", account, base, factor, room, charged, $2::timestamptz
     FROM json_to_recordset($1::json) AS r("holdId" uuid, "infractionId" uuid, account text, base integer,
       factor integer, room integer, charged integer)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows), new Date(atMs).toISOString()],
  );
}

/** Whether a hold was to take nothing, because the occasion had cost its most already. */
export async function tookNothing(tx: Queryable, holdId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM charge WHERE hold_id = $1 AND charged = 0', [holdId]);
  return rows.length > 0;
}
