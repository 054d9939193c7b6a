export const FINDING_KINDS = [
  'lost', // acknowledged, and not there
  'phantom', // there, and never sent
  'doubled',
  'wrong-verdict',
  'wrong-account',
  'wrong-points',
  'never-held', // points are due and nobody takes them
  'resolved-twice',
  'unbalanced', // a balance is not the fold of its transfers
  'not-conserved', // a stage has more or less than the one before it gave it
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  readonly kind: FindingKind;
  readonly detail: string;
}

export const finding = (kind: FindingKind, detail: string): Finding => ({ kind, detail });
