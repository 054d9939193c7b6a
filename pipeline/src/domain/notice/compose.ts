/** Puts what a letter tells into words, in the order in which a person needs them: what, how much, what can I do. */
import type { Language, NoticeKind } from '@wayside/contracts/notice';
import { kmh, longDay, tenths } from './dates.ts';
import type { MomentPicture } from './key-moments.ts';
import type { LetterFacts } from './letter-facts.ts';
import type { AccessWords, Block, Letter } from './letter.ts';
import { wordsEn } from './words-en.ts';
import { wordsZh } from './words-zh.ts';
import type { Words } from './words.ts';

export const WORDS: Readonly<Record<Language, Words>> = { en: wordsEn, zh: wordsZh };

/** What belongs into which letter. */
const SHOWS_EVIDENCE: ReadonlySet<NoticeKind> = new Set(['identification-request', 'opening']);
const SHOWS_RIGHTS: ReadonlySet<NoticeKind> = new Set(['identification-request', 'opening']);
const SHOWS_STANDING: ReadonlySet<NoticeKind> = new Set([
  'opening',
  'posting',
  'release',
  'reversal',
  'warning',
]);

export function composeLetter(
  facts: LetterFacts,
  pictures: readonly MomentPicture[],
  access: AccessWords | null,
): Letter {
  const words = WORDS[facts.language];
  return {
    language: facts.language,
    office: facts.office,
    date: longDay(facts.writtenAtMs, facts.timeZone, facts.language),
    fileNumber: facts.fileNumber,
    title: words.title(facts),
    salutation: words.salutation(facts),
    blocks: [
      ...words.lead(facts).map(paragraph),
      ...decisionBlocks(facts, words),
      ...answerBlocks(facts, words),
      ...pointBlocks(facts, words),
      ...(SHOWS_EVIDENCE.has(facts.kind) ? evidenceBlocks(facts, pictures, words) : []),
      ...(access ? accessBlocks(facts, access, words) : []),
      ...(SHOWS_RIGHTS.has(facts.kind) ? rightBlocks(facts, words) : []),
    ],
    closing: words.closing,
    fineprint: words.law(facts),
    stamp: facts.what?.simulated === true ? words.stamp : null,
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const heading = (text: string): Block => ({ kind: 'heading', text });

function decisionBlocks({ decision }: LetterFacts, words: Words): readonly Block[] {
  if (!decision) return [];
  return [
    heading(words.headings.reasons),
    ...words.decision(decision).map(paragraph),
    ...(decision.note === '' ? [] : [{ kind: 'quote', by: words.decisionBy, text: decision.note } as const]),
  ];
}

function answerBlocks(facts: LetterFacts, words: Words): readonly Block[] {
  return facts.answerBy ? [{ kind: 'notice', ...words.answer(facts, facts.answerBy) }] : [];
}

function pointBlocks(facts: LetterFacts, words: Words): readonly Block[] {
  const { account, note, threshold } = facts;
  const standing = account && SHOWS_STANDING.has(facts.kind) ? [paragraph(words.standing(account))] : [];
  return [
    heading(words.headings.points),
    ...(threshold ? [paragraph(words.threshold(threshold))] : []),
    paragraph(words.points(facts)),
    ...standing,
    ...(note === null ? [] : [paragraph(note)]),
  ];
}

function evidenceBlocks(
  { what }: LetterFacts,
  pictures: readonly MomentPicture[],
  words: Words,
): readonly Block[] {
  if (!what) return [];
  const rows = words.measures(what);
  const shown = pictures.map(({ moment, atMs, speedMps, svg }) => ({
    svg,
    caption: words.caption(
      moment,
      tenths(atMs, what.timeZone),
      speedMps === undefined ? null : kmh(speedMps),
    ),
  }));
  return [
    ...(shown.length > 0
      ? [
          heading(words.headings.pictures),
          { kind: 'pictures', pictures: shown, legend: words.legend } as const,
        ]
      : []),
    ...(rows.length > 0 ? [heading(words.headings.measured), { kind: 'values', rows } as const] : []),
  ];
}

function accessBlocks(facts: LetterFacts, access: AccessWords, words: Words): readonly Block[] {
  const { portal, reference, pin } = words.accessLabels;
  const rows = [
    { label: portal, value: access.url },
    { label: reference, value: access.reference },
    { label: pin, value: access.pin },
  ];
  const link = `${access.url}#${access.reference}`;
  return [heading(words.headings.access), { kind: 'access', intro: words.access(facts), rows, link }];
}

const rightBlocks = (facts: LetterFacts, words: Words): readonly Block[] => [
  heading(words.headings.rights),
  { kind: 'list', items: words.rights(facts) },
];
