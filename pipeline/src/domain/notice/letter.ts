/** A letter as it is laid out: blocks, in the words of one language. Html and pdf are made from the same. */
import type { Language } from '@wayside/contracts/notice';

export interface Letter {
  readonly language: Language;
  readonly office: string;
  readonly date: string;
  readonly fileNumber: string;
  readonly title: string;
  readonly salutation: string;
  readonly blocks: readonly Block[];
  readonly closing: string;
  readonly fineprint: readonly string[];
  /** Said across the head of a letter about something that was made up. */
  readonly stamp: string | null;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'pictures'; readonly pictures: readonly Picture[]; readonly legend: string }
  | { readonly kind: 'values'; readonly rows: readonly ValueRow[] }
  /** What must not be overlooked. */
  | { readonly kind: 'notice'; readonly title: string; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Somebody's own words. */
  | { readonly kind: 'quote'; readonly by: string; readonly text: string }
  | {
      readonly kind: 'access';
      readonly intro: string;
      readonly rows: readonly ValueRow[];
      readonly link: string;
    };

export interface ValueRow {
  readonly label: string;
  readonly value: string;
  /** What it means, or what it was held against. */
  readonly note?: string;
}

export interface Picture {
  readonly caption: string;
  readonly svg: string;
}

/** What opens the portal; the PIN is put in when a letter is sent, and is kept nowhere. */
export interface AccessWords {
  readonly url: string;
  readonly reference: string;
  readonly pin: string;
}
