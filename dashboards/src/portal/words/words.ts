/** What the portal says to the person concerned, in one language. */
import type { CaseEvent, CaseReason, CaseState } from '@wayside/contracts/case';
import type { RuleId } from '@wayside/contracts/law-profile';
import type { NoticeKind } from '@wayside/contracts/notice';
import type { EvidenceWords } from '../../words/evidence.ts';

export interface PortalWords {
  readonly locale: string;
  readonly other: string;
  readonly title: string;
  readonly simulated: string;
  readonly leave: string;
  readonly login: {
    readonly title: string;
    readonly text: string;
    readonly reference: string;
    readonly pin: string;
    readonly enter: string;
    readonly wrong: string;
    readonly privacy: string;
  };
  readonly failed: readonly [title: string, text: string, retry: string];
  readonly cases: string;
  readonly noCases: string;
  readonly rules: Readonly<Record<RuleId, string>>;
  readonly states: Readonly<Record<CaseState, string>>;
  /** What the state means for them, in a sentence. */
  readonly now: (state: CaseState, points: number, keeper: boolean) => string;
  readonly passedOn: string;
  readonly until: (moment: string) => string;
  readonly untilWhom: Readonly<Record<'you' | 'us', string>>;
  readonly actions: Readonly<Partial<Record<CaseEvent, string>>>;
  readonly actionTexts: Readonly<Partial<Record<CaseEvent, string>>>;
  readonly reasons: Readonly<Record<CaseReason, string>>;
  readonly reason: string;
  readonly note: string;
  readonly driver: string;
  readonly driverText: string;
  readonly send: string;
  readonly cancel: string;
  readonly evidence: EvidenceWords;
  readonly seen: string;
  readonly measured: string;
  readonly measures: Readonly<
    Record<
      'pet' | 'slowest' | 'entry' | 'distance' | 'stopped' | 'red' | 'line' | 'speed' | 'deducted' | 'limit',
      readonly [name: string, note: (limit: string) => string]
    >
  >;
  readonly comment: string;
  readonly commentLabel: (about: string) => string;
  readonly you: string;
  readonly they: string;
  readonly documents: string;
  readonly documentsText: string;
  readonly add: string;
  readonly noDocuments: string;
  readonly letters: string;
  readonly letterKinds: Readonly<Record<NoticeKind, string>>;
  readonly pdf: string;
  readonly history: string;
  readonly steps: Readonly<Record<CaseEvent | 'open', string>>;
  readonly by: Readonly<Record<'office' | 'house' | 'keeper' | 'driver', string>>;
  readonly file: string;
}
