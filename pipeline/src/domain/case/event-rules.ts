/** Who may cause an event, and with which reasons. An empty cell of this table is a refusal too. */
import type { ActorKind, CaseEvent, CaseReason } from '@wayside/contracts/case';

type Reasons = readonly CaseReason[];

/** Reasons for which the device, or the conductor with it, was wrong: they count in its error rate. */
const DEVICE_WRONG: Reasons = [
  'no-infraction-seen',
  'wrong-vehicle',
  'plate-unreadable',
  'view-obstructed',
  'measurement-wrong',
  'evidence-incomplete',
  'wrong-seat',
  'not-properly-asked',
];
/** Reasons for which nobody should be debited although the device was right. */
const EXCUSED: Reasons = ['emergency-vehicle', 'cloned-plate', 'necessity', 'told-to-by-officer'];
const UNFIT: Reasons = ['calibration-expired', 'never-calibrated'];
const NOTICE_LAPSES: Reasons = [
  'review-lapsed',
  'second-review-lapsed',
  'keeper-notice-lapsed',
  'naming-lapsed',
  'notice-lapsed',
  'decision-notice-lapsed',
];
const DECISION_LAPSES: Reasons = ['decision-lapsed', 'second-decision-lapsed'];
const DELIVERED: Reasons = ['letter-delivered', 'served-in-person'];

export const EVENT_RULES: Readonly<Record<CaseEvent, Readonly<Partial<Record<ActorKind, Reasons>>>>> = {
  assign: { officer: ['taken'] },
  'hand-back': { officer: ['handed-back'] },
  'mark-duplicate': {
    officer: ['same-event-two-devices', 'same-event-reported-twice'],
    system: ['same-event-two-devices'],
  },
  confirm: { officer: ['seen-in-evidence'] },
  reject: { officer: [...DEVICE_WRONG, ...EXCUSED, ...UNFIT] },
  'notify-keeper': { system: DELIVERED, officer: DELIVERED },
  'name-driver': {
    keeper: ['keeper-was-driver', 'keeper-names-driver'],
    driver: ['driver-comes-forward'],
    officer: ['keeper-was-driver', 'keeper-names-driver', 'driver-comes-forward', 'stopped-on-the-spot'],
    system: ['ticket-shown'],
  },
  'notify-driver': { system: DELIVERED, officer: DELIVERED },
  'fail-delivery': {
    system: ['address-unknown', 'letter-returned', 'channel-failed'],
    officer: ['address-unknown', 'letter-returned', 'channel-failed'],
  },
  // A clerk enters a payment, or an acceptance on paper, with its reference.
  accept: {
    driver: ['paid', 'accepted-as-is'],
    officer: ['paid', 'accepted-as-is'],
    system: ['paid'],
  },
  // An officer may enter an appeal that came on paper; nobody but the person may take one back.
  appeal: {
    driver: ['disputes-facts', 'disputes-being-driver', 'disputes-law', 'hardship'],
    officer: ['disputes-facts', 'disputes-being-driver', 'disputes-law', 'hardship'],
  },
  withdraw: { driver: ['withdrawn-by-person'] },
  uphold: {
    officer: [...DEVICE_WRONG, ...EXCUSED, ...UNFIT, 'not-the-driver', 'rule-misapplied', 'hardship'],
    system: DECISION_LAPSES,
  },
  dismiss: { officer: ['facts-stand', 'out-of-scope'] },
  'notify-decision': { system: DELIVERED, officer: DELIVERED },
  escalate: { system: [...NOTICE_LAPSES, ...DECISION_LAPSES] },
  finalise: {
    system: [
      'appeal-window-lapsed',
      'second-appeal-window-lapsed',
      'accepted-by-person',
      'no-further-appeal',
    ],
  },
  block: { system: [...UNFIT, 'device-suspended'] },
  post: { system: ['is-final'] },
  release: {
    system: ['is-duplicate', 'is-rejected', 'is-upheld', ...NOTICE_LAPSES],
    officer: ['withdrawn-by-authority', ...EXCUSED, ...UNFIT],
  },
};

export const isDeviceWrong = (reason: CaseReason): boolean => DEVICE_WRONG.includes(reason);
