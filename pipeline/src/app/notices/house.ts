import type { CaseHouse } from '../cases/house.ts';
import type { AddressBook, LetterPress, NoticeChannel } from './channel.ts';

/** What every use case of letters needs. */
export interface NoticeHouse {
  readonly cases: CaseHouse;
  readonly channel: NoticeChannel;
  readonly addresses: AddressBook;
  readonly press: LetterPress;
  /** Who signs. */
  readonly office: string;
  /** Where the portal stands, as the people who get letters reach it. */
  readonly portalUrl: () => string;
  /** Of the references and PINs of letters; whoever knows it can open every case. */
  readonly portalKey: string;
}
