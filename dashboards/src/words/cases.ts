/** What the pages of the office say. */
import type { CaseEvent, CaseState } from '@wayside/contracts/case';
import type { NoticeKind, NoticeState } from '@wayside/contracts/notice';
import type { Role } from '@wayside/contracts/officers';

export { caseReasonsEn as caseReasons } from '@wayside/contracts/case-reasons-en';

export const caseStates: Readonly<Record<CaseState, string>> = {
  opened: 'Waiting for review',
  duplicate: 'Duplicate',
  'in-review': 'In review',
  'second-review': 'Second review',
  confirmed: 'Confirmed',
  rejected: 'Rejected',
  'keeper-notified': 'Keeper asked',
  identified: 'Person known',
  noticed: 'Person told',
  accepted: 'Accepted',
  appealed: 'Objection open',
  upheld: 'Objection upheld',
  dismissed: 'Objection dismissed',
  'appealed-again': 'Second objection open',
  'dismissed-again': 'Second objection dismissed',
  final: 'Final',
  posted: 'Points posted',
  released: 'Released',
};

/** As a thing to do, and as a thing that was done. */
export const caseEvents: Readonly<Record<CaseEvent | 'open', readonly [act: string, done: string]>> = {
  open: ['Open', 'Opened'],
  assign: ['Take the case', 'Taken'],
  'hand-back': ['Hand back', 'Handed back'],
  'mark-duplicate': ['Mark as duplicate', 'Marked as duplicate'],
  confirm: ['Confirm', 'Confirmed'],
  reject: ['Reject', 'Rejected'],
  'notify-keeper': ['Enter delivery to the keeper', 'Keeper’s letter delivered'],
  'name-driver': ['Enter the driver', 'Person named'],
  'notify-driver': ['Enter delivery of the notice', 'Notice delivered'],
  'fail-delivery': ['Letter came back', 'Letter not delivered'],
  accept: ['Enter payment or acceptance', 'Accepted'],
  appeal: ['Enter an objection on paper', 'Objection made'],
  withdraw: ['Withdraw', 'Objection withdrawn'],
  uphold: ['Uphold the objection', 'Objection upheld'],
  dismiss: ['Dismiss the objection', 'Objection dismissed'],
  'notify-decision': ['Enter delivery of the decision', 'Decision delivered'],
  escalate: ['Escalate', 'A deadline passed; a superior is called'],
  finalise: ['Finalise', 'Final'],
  block: ['Block', 'Posting blocked'],
  post: ['Post', 'Points posted'],
  release: ['Withdraw the case', 'Released'],
};

export const roles: Readonly<Record<Role, string>> = {
  reviewer: 'reviewer',
  adjudicator: 'adjudicator',
  clerk: 'clerk',
  admin: 'administrator',
  'ticket-office': 'ticket office',
};

export const noticeKinds: Readonly<Record<NoticeKind, string>> = {
  'identification-request': 'Who was driving?',
  opening: 'Notice of points held',
  'appeal-received': 'Objection received',
  decision: 'Decision',
  posting: 'Points posted',
  release: 'Case closed',
  reversal: 'Points given back',
  warning: 'Warning',
};

export const noticeStates: Readonly<Record<NoticeState, string>> = {
  due: 'Being sent',
  'handed-over': 'With the carrier',
  delivered: 'Delivered',
  failed: 'Not delivered',
  withdrawn: 'Not sent: the case had gone on',
};

export const cases = {
  title: 'Cases',
  tabs: {
    review: 'Review',
    'second-review': 'Second review',
    appeal: 'Objections',
    mine: 'Mine',
    all: 'All',
  },
  total: (count: number) => (count >= 10_000 ? '10,000 or more' : count === 1 ? '1 case' : `${count} cases`),
  until: 'Decide before',
  what: 'What',
  where: 'Where',
  state: 'State',
  points: 'Points',
  hands: 'In hand',
  nobody: 'Nobody',
  you: 'You',
  more: 'Show more',
  noneTitle: 'Nothing waits here',
  noneText: 'What is in another’s hands, or was yours before, is not listed.',
  noClock: 'No clock runs',
  late: (time: string) => `${time} late`,
  left: (time: string) => `${time} left`,
} as const;

export const office = {
  who: 'Who are you?',
  invented:
    'These officers are invented, for looking at an office on your own machine. A house with officers of its own asks for their tokens.',
  token: 'Officer’s token',
  tokenText: 'Your token was given to you when you began to work here.',
  enter: 'Enter',
  wrong: 'This is nobody’s token.',
  as: (name: string, what: string) => `${name}, ${what}`,
  leave: 'Change officer',
} as const;

export const caseDetail = {
  back: 'All cases',
  decide: 'What you can do',
  nothing: 'Nothing, now.',
  keepLonger: 'Keep it longer',
  over: 'The case is over.',
  reason: 'Reason',
  note: 'Reasons in words',
  noteText: 'They go to the person, word for word.',
  noteOptional: 'Note (stays on the file)',
  driver: 'Account of the person who drove',
  duplicateOf: 'Number of the case that stands',
  reference: 'Receipt or letter number',
  refused: 'Not now',
  history: 'History',
  by: { officer: 'Officer', keeper: 'Keeper', driver: 'Driver', system: 'House' },
  comments: 'Both sides, on the file',
  noComments: 'Nobody has said anything yet.',
  answer: 'Your answer',
  send: 'Add to the file',
  uploads: 'Documents',
  noUploads: 'None were added.',
  letters: 'Letters',
  noLetters: 'None are due yet.',
  asSent: 'as it lies in the letterbox',
  attempts: (count: number) => (count === 1 ? '1 attempt' : `${count} attempts`),
  resend: 'Send again',
  account: 'Account',
  unidentified: 'nobody known yet',
  infraction: 'The infraction',
  file: 'Case',
  process: 'Rules',
  then: (moment: string, what: string) => `until ${moment}; after that: ${what}`,
  blockedBy: (why: string) => `Not posted: ${why}.`,
  heldBy: (who: string, until: string) => `In the hands of ${who} until ${until}`,
  about: {
    case: 'the case',
    replay: 'the recording',
    picture: 'the picture',
    measure: 'the measurement',
    upload: 'a document',
    report: 'the report',
  } as Readonly<Record<string, string>>,
} as const;
