/** What sending letters needs from outside. */
import type { Language, NoticeKind } from '@wayside/contracts/notice';
import type { Letter } from '../../domain/notice/letter.ts';

export interface Address {
  readonly language?: Language | undefined;
  readonly email?: string | undefined;
}

/** The register of keepers, drivers and passengers is the authority’s; the house knows accounts only. */
export interface AddressBook {
  /** @returns undefined where the register knows nobody of this account. */
  readonly addressOf: (account: string) => Promise<Address | undefined>;
}

/** Puts a letter on paper. */
export interface LetterPress {
  readonly html: (letter: Letter) => string;
  readonly pdf: (letter: Letter) => Promise<Uint8Array>;
}

export interface OutgoingLetter {
  /** The same at every attempt: whoever receives it twice can tell. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly account: string;
  readonly address: Address | undefined;
  readonly language: Language;
  readonly subject: string;
  readonly html: string;
  readonly pdf: Uint8Array;
}

export type SendOutcome =
  /** It is with the person, as far as this channel can know; clocks start. */
  | { readonly kind: 'delivered'; readonly detail: string }
  /** Somebody else delivers it and will say so; no clock starts. */
  | { readonly kind: 'handed-over'; readonly detail: string }
  /** Worth another attempt. */
  | { readonly kind: 'not-now'; readonly detail: string }
  | {
      readonly kind: 'never';
      readonly reason: 'address-unknown' | 'channel-failed';
      readonly detail: string;
    };

export interface NoticeChannel {
  readonly name: string;
  /** Never rejects for what the other side does; bounded by the signal. */
  readonly send: (letter: OutgoingLetter, signal: AbortSignal) => Promise<SendOutcome>;
}
