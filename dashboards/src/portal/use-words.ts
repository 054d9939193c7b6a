/** In which language the portal speaks: as the person chose, else as their letters, else as their browser. */
import { createContext, useContext } from 'react';
import type { Language } from '@wayside/contracts/notice';
import { en } from './words/en.ts';
import type { PortalWords } from './words/words.ts';
import { zh } from './words/zh.ts';

export const WORDS: Readonly<Record<Language, PortalWords>> = { en, zh };

export const browserLanguage = (): Language => (navigator.language.startsWith('zh') ? 'zh' : 'en');

export const LanguageContext = createContext<Language>('en');
export const useLanguage = (): Language => useContext(LanguageContext);
export const usePortalWords = (): PortalWords => WORDS[useLanguage()];

export const longDay = (at: string | number, zone: string, { locale }: PortalWords): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(at));

export const shortMoment = (at: string, zone: string, { locale }: PortalWords): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(at),
  );
