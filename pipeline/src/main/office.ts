/** What follows a case out of the house: letters, the portal, the officers. */
import { join } from 'node:path';
import type { Logger } from 'pino';
import { addressFile } from '../adapters/address-file.ts';
import type { Office } from '../adapters/http/options.ts';
import { createLetterPress } from '../adapters/letters/letter-press.ts';
import { letterboxChannel } from '../adapters/letters/letterbox-channel.ts';
import { smtpChannel } from '../adapters/letters/smtp-channel.ts';
import { webhookChannel } from '../adapters/letters/webhook-channel.ts';
import { mediaTypeOf } from '../adapters/media-type.ts';
import { openOfficerFile } from '../adapters/officer-file.ts';
import { openSecret } from '../adapters/secret-file.ts';
import { uploadFolder } from '../adapters/upload-folder.ts';
import type { CaseHouse } from '../app/cases/house.ts';
import type { Lifecycle } from '../app/lifecycle.ts';
import type { NoticeChannel } from '../app/notices/channel.ts';
import { keepSending } from '../app/notices/send-due.ts';
import { demoOfficers, noOfficers, type OfficerBook } from '../app/officers/officer-book.ts';
import { isLoopback, type HouseConfig } from '../config.ts';

export interface HouseOffice extends Office {
  /** Where the page came to stand; what is not told otherwise leads there. */
  readonly setAddress: (url: string) => void;
}

const UNNAMED = 'Wayside';

export async function openOffice(
  cases: CaseHouse,
  config: HouseConfig,
  lifecycle: Lifecycle,
): Promise<HouseOffice> {
  const { dataDir, office = {} } = config;
  const keys = join(dataDir, 'keys');
  let address = `http://localhost:${config.http.port}`;
  return {
    setAddress: (url) => (address = url),
    officers: officersOf(config),
    sessionKey: await openSecret(keys, 'office-session.key'),
    deliverySecret: office.webhook?.secret,
    files: uploadFolder(join(dataDir, 'uploads')),
    mediaTypeOf,
    notices: {
      cases,
      channel: channelOf(config, cases, lifecycle),
      addresses: addressFile(join(dataDir, 'register.json')),
      press: createLetterPress(),
      office: office.name ?? UNNAMED,
      portalUrl: () => `${(office.publicUrl ?? address).replace(/\/$/, '')}/portal`,
      portalKey: await openSecret(keys, 'portal.key'),
    },
  };
}

/** Invented officers only where nobody but the owner of the machine can be one. */
function officersOf({ dataDir, http, apiToken }: HouseConfig): OfficerBook {
  const file = openOfficerFile(join(dataDir, 'officers.json'));
  if (file) return file;
  return isLoopback(http.host) && apiToken === undefined ? demoOfficers() : noOfficers();
}

function channelOf(
  { dataDir, office }: HouseConfig,
  { clock }: CaseHouse,
  lifecycle: Lifecycle,
): NoticeChannel {
  if (office?.webhook) return webhookChannel({ ...office.webhook, clock });
  if (!office?.smtp) return letterboxChannel(join(dataDir, 'letters'));
  const channel = smtpChannel(office.smtp);
  lifecycle.onClose('mail', () => {
    channel.close();
    return Promise.resolve();
  });
  return channel;
}

const LETTERS_INTERVAL_MS = 2_000;

export const keepLetters = ({ notices }: Office, logger: Logger, signal: AbortSignal): Promise<void> =>
  keepSending({ ...notices, logger, intervalMs: LETTERS_INTERVAL_MS }, signal);
