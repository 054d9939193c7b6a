/** What a server is made of; `main` hands it in. */
import type { Counters, Readiness } from '@wayside/contracts/http';
import type { PublicJwk } from '@wayside/contracts/http-access';
import type { LawProfile } from '@wayside/contracts/law-profile';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../../app/clock.ts';
import type { Database } from '../../app/database.ts';
import type { StreetBus } from '../../app/live-bus.ts';
import type { NoticeHouse } from '../../app/notices/house.ts';
import type { OfficerBook } from '../../app/officers/officer-book.ts';
import type { FileStore, MediaTypeOf } from '../../app/portal/uploads.ts';
import type { HubLimits } from './live/live-hub.ts';

export type ReadinessChecks = Readiness['checks'];

/** The Prometheus exposition of this process. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** What follows an infraction: its case, the letters, the portal. */
export interface Office {
  readonly officers: OfficerBook;
  readonly notices: NoticeHouse;
  readonly files: FileStore;
  readonly mediaTypeOf: MediaTypeOf;
  /** Of the cookies of officers and of the portal. */
  readonly sessionKey: string;
  /** Of whoever delivers letters and tells of it; undefined where the channel tells nothing. */
  readonly deliverySecret?: string | undefined;
}

export interface HttpServerOptions {
  readonly office: Office;
  readonly database: Database;
  readonly bus: StreetBus;
  readonly counters: () => Promise<Counters>;
  readonly readiness: () => Promise<ReadinessChecks>;
  readonly metrics: MetricsText;
  readonly profiles: readonly LawProfile[];
  /** Every key this house ever sealed evidence with. */
  readonly evidenceKeys: () => Promise<readonly PublicJwk[]>;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: FastifyBaseLogger;
  /** Asked of every client of /api and /metrics; undefined asks nobody (loopback only). */
  readonly token?: string | undefined;
  /** Folder of the built page; undefined serves none. */
  readonly staticDir?: string | undefined;
  /**
   * Names this house answers to besides those of loopback: `any` where it is bound to more than loopback and a token
   * guards it, or the names a reverse proxy hands on.
   */
  readonly hosts?: 'any' | readonly string[] | undefined;
  readonly liveLimits?: Partial<HubLimits> | undefined;
}
