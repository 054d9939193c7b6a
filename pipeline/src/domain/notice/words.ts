/** What a language must be able to say for letters to be written in it. */
import type { CaseReason } from '@wayside/contracts/case';
import type { RuleId } from '@wayside/contracts/law-profile';
import type { AnswerBy, Decision, LetterFacts, Standing, Threshold, WhatWasSeen } from './letter-facts.ts';
import type { ValueRow } from './letter.ts';

export interface Words {
  readonly title: (facts: LetterFacts) => string;
  readonly salutation: (facts: LetterFacts) => string;
  readonly closing: string;
  readonly stamp: string;
  /** What happened and where, for each kind of letter. */
  readonly lead: (facts: LetterFacts) => readonly string[];
  readonly headings: Readonly<
    Record<'pictures' | 'measured' | 'points' | 'answer' | 'reasons' | 'rights' | 'access', string>
  >;
  readonly legend: string;
  readonly caption: (moment: 'approach' | 'entry' | 'exit', time: string, speed: string | null) => string;
  readonly measures: (what: WhatWasSeen) => readonly ValueRow[];
  readonly points: (facts: LetterFacts) => string;
  readonly threshold: (threshold: Threshold) => string;
  readonly standing: (account: Standing) => string;
  readonly answer: (facts: LetterFacts, by: AnswerBy) => { readonly title: string; readonly text: string };
  readonly decisionBy: string;
  readonly decision: (decision: Decision) => readonly string[];
  readonly rights: (facts: LetterFacts) => readonly string[];
  readonly access: (facts: LetterFacts) => string;
  readonly accessLabels: { readonly portal: string; readonly reference: string; readonly pin: string };
  readonly law: (facts: LetterFacts) => readonly string[];
  readonly reasons: Readonly<Record<CaseReason, string>>;
  readonly rules: Readonly<Record<RuleId, string>>;
}
