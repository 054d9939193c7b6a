import type { LetterFacts, WhatWasSeen } from './letter-facts.ts';
import type { ValueRow } from './letter.ts';
import { clock, decimal, kmh, longDay, longDayOf } from './dates.ts';
import { LIGHT_AND_SPEED, lightAndSpeedRows } from './light-and-speed.ts';
import { caseReasonsEn } from '@wayside/contracts/case-reasons-en';
import type { Words } from './words.ts';

const points = (count: number): string => (count === 1 ? '1 point' : `${count} points`);
const days = (count: number, kind: 'calendar' | 'working'): string =>
  `${count} ${kind === 'working' ? 'working days' : 'calendar days'}`;

const SEEN: Words['rules'] = {
  'fail-to-yield': 'did not give way to a pedestrian on the crosswalk',
  'stop-on-crosswalk': 'stopped and stood on the crosswalk',
  'overtake-at-crosswalk': 'passed another vehicle that had stopped at the crosswalk for a pedestrian',
  'red-light': 'passed the stop line while its signal was red',
  speeding: 'came to the crosswalk faster than the speed limit allows',
  'seat-refusal': 'a seat that another passenger had reserved was not given up when asked for',
};

const where = ({ rule, place, occurredAtMs, timeZone, seat }: WhatWasSeen): string => {
  const when = `On ${longDay(occurredAtMs, timeZone, 'en')} at ${clock(occurredAtMs, timeZone, 'en')}`;
  if (seat) return `${when}, on train ${seat.train}, coach ${seat.coach}, seat ${seat.place}, ${SEEN[rule]}.`;
  return `${when}, at ${place}, the vehicle registered to this account ${SEEN[rule]}.`;
};

const LEADS: Readonly<Record<LetterFacts['kind'], (facts: LetterFacts) => readonly string[]>> = {
  'identification-request': () => [
    'A person has looked at the recording and confirmed what it shows. Points belong to whoever drove, not to whoever keeps the vehicle. So we ask you: who was driving?',
  ],
  opening: () => ['A person, not only a machine, has looked at the recording and confirmed what it shows.'],
  'appeal-received': () => [
    'Thank you for your objection. It is on the file, and the clock stands still while it is open. It will be decided by a person who has not worked on your case before.',
  ],
  decision: ({ decision }) => [
    decision?.upheld
      ? 'You objected, and you were right. The points that were held go back to you, and the case is closed.'
      : 'You objected. Somebody who had not worked on your case before has looked at everything on the file, yours included, and has decided that the finding stands.',
  ],
  posting: () => ['No objection is open any more, so the points that were held have now been posted.'],
  release: () => [
    'The case is closed, and no points are taken. What was held has gone back to your account. We are sorry for the trouble it gave you.',
  ],
  reversal: () => [
    'We looked at this case again and found that the points should not have been posted. They have been given back to you in full. The mistake was ours, and we apologise for it.',
  ],
  warning: () => ['We write so that you are not surprised later: your points have come near a limit.'],
};

const ACCESS_USUAL =
  'In the portal you can read every letter and see what happened, and why. Or scan the code.';
const ACCESS: Readonly<Partial<Record<LetterFacts['kind'], string>>> = {
  'identification-request':
    'In the portal you can look at the evidence, and say that you drove yourself or who did. Or scan the code.',
  opening:
    'In the portal you can look at the recording, object, add documents and follow what happens. Or scan the code.',
  'appeal-received':
    'In the portal you can add documents, follow what happens, or withdraw. Or scan the code.',
};

export const wordsEn: Words = {
  title: ({ kind, decision }) =>
    ({
      'identification-request': 'Who was driving? A request to the keeper',
      opening: 'Notice of points held',
      'appeal-received': 'We have received your objection',
      decision: decision?.upheld ? 'Your objection was right' : 'The decision on your objection',
      posting: 'The points have been posted',
      release: 'The case is closed. No points are taken',
      reversal: 'Our mistake: your points are given back',
      warning: 'A word of warning about your points',
    })[kind],
  salutation: ({ kind }) =>
    kind === 'identification-request' ? 'To the keeper of the vehicle,' : 'To the holder of this account,',
  closing: 'With regards,',
  stamp: 'Demonstration: made by a simulator. No real person or vehicle is meant.',
  lead: (facts) => [...(facts.what ? [where(facts.what)] : []), ...LEADS[facts.kind](facts)],
  headings: {
    pictures: 'What was seen, from above',
    measured: 'What was measured',
    points: 'What it means for your points',
    answer: 'Your answer',
    reasons: 'The reasons',
    rights: 'Your rights',
    access: 'See everything, and answer',
  },
  legend:
    'Drawn to scale from the recorded paths. Orange: the vehicle. Blue: the pedestrian. Lines: the way each had come.',
  caption: (moment, time, speed) =>
    `${{ approach: 'Approach', entry: 'Entry', exit: 'Exit' }[moment]} · ${time}${speed === null ? '' : ` · ${speed}`}`,
  measures: measuresEn,
  points: pointsEn,
  threshold: ({ letter, at, standing }) =>
    letter === 'licence-withheld'
      ? `${points(standing)} now stand against you. From ${at} the law provides that a driving licence is withheld. The licensing office decides on it and will write to you; until then nothing changes.`
      : `${points(standing)} now stand against you. At ${at} we are bound to write to you, so that you know before it becomes more.`,
  standing: ({ counts, initial, limit, available }) =>
    counts === 'down'
      ? `If every hold is posted, ${available} of ${points(initial)} remain on your account.`
      : `If every hold is posted, your account stands at ${points(available)}; the limit is ${limit}.`,
  answer: ({ kind }, { days: count, dayKind, lastDayIfToday }) => {
    const last = longDayOf(lastDayIfToday, 'en');
    return kind === 'identification-request'
      ? {
          title: `Please answer by ${last}`,
          text: `You have ${days(count, dayKind)} from the day this letter reaches you; the date above holds if that is today. If it reached you later, you have correspondingly longer: the portal always shows the exact last day. If the time passes without an answer, nothing is held against you for it here.`,
        }
      : {
          title: `You can object until the end of ${last}`,
          text: `You have ${days(count, dayKind)} from the day this letter reaches you; the date above holds if that is today. If it reached you later, you have correspondingly longer: the portal always shows the exact last day. Objecting costs nothing, and while your objection is open no points are posted.`,
        };
  },
  decisionBy: 'In the words of the person who decided',
  decision: ({ reason, upheld, further }) => [
    `${upheld ? 'Your objection was upheld' : 'Your objection was dismissed'}: ${caseReasonsEn[reason]}.`,
    ...(further
      ? [
          `You can take it further, within ${days(further.days, further.dayKind)} from the day this letter reaches you, to somebody else again.`,
        ]
      : []),
  ],
  rights: () => [
    'You may see all the evidence: the paths, the measured values, how the camera was calibrated, and who did what when.',
    'You may comment on each item and add your own pictures and documents.',
    'Who reviewed your case never decides your objection.',
    'No list of names or plates is kept or published, and nobody is told of this case who has no part in it.',
  ],
  access: ({ kind }) => ACCESS[kind] ?? ACCESS_USUAL,
  accessLabels: { portal: 'Portal', reference: 'Reference', pin: 'PIN' },
  law: ({ law, fileNumber }) => [
    `Rules applied: ${law.title}; wording of ${law.wording}. File ${fileNumber}.`,
    ...(law.reviewed ? [] : ['No lawyer has yet reviewed this wording of the rules.']),
  ],
  reasons: caseReasonsEn,
  rules: SEEN,
};

function pointsEn({ kind, points: count, decision, because }: LetterFacts): string {
  switch (kind) {
    case 'identification-request':
      return `${points(count)} are held on this account until the driver is known. Held means set aside, not taken.`;
    case 'opening':
      return `${points(count)} are held. Held means set aside, not taken: they are posted only if you do not object in time, or if your objection is decided against you.`;
    case 'appeal-received':
      return `${points(count)} stay held meanwhile. They are not taken while your objection is open.`;
    case 'decision':
      return decision?.upheld
        ? `${points(count)} go back to your account.`
        : `${points(count)} are posted once no further objection is possible.`;
    case 'posting':
      return `${points(count)} have been posted to your account.`;
    case 'release':
    case 'reversal':
      return `${points(count)} have gone back to your account${because ? `: ${caseReasonsEn[because]}` : ''}.`;
    case 'warning':
      return 'Nothing is taken by this letter.';
  }
}

function measuresEn({ measures: m, thresholds: t }: WhatWasSeen): readonly ValueRow[] {
  const row = (label: string, value: string | undefined, note?: string): readonly ValueRow[] =>
    value === undefined ? [] : [{ label, value, ...(note !== undefined && { note }) }];
  const s = (value: number | undefined, unit: string) =>
    value === undefined ? undefined : `${decimal(value, 1)} ${unit}`;
  return [
    ...row(
      'Time between the two at the same spot',
      s(m.petSeconds, 's'),
      t ? `below ${decimal(t.clearPetSeconds, 1)} s: the vehicle went first` : undefined,
    ),
    ...row(
      'Slowest just before the crosswalk',
      m.minSpeedMps === undefined ? undefined : kmh(m.minSpeedMps),
      t ? `below ${kmh(t.yieldedMps)} counts as giving way` : undefined,
    ),
    ...row(
      'Speed on entering the crosswalk',
      m.entrySpeedMps === undefined ? undefined : kmh(m.entrySpeedMps),
    ),
    ...row(
      'Braking that would have been needed',
      s(m.requiredDecelerationMps2, 'm/s²'),
      t ? `up to ${decimal(t.comfortableDecelerationMps2, 1)} m/s² is gentle braking` : undefined,
    ),
    ...row('Smallest distance', s(m.minDistanceMetres, 'm')),
    ...row(
      'Time at rest on the crosswalk',
      s(m.stoppedSeconds, 's'),
      t ? `from ${decimal(t.stopOnCrosswalkSeconds, 0)} s` : undefined,
    ),
    ...lightAndSpeedRows(m, LIGHT_AND_SPEED.en),
    ...row(
      'Pictures a second',
      m.framesPerSecond === undefined ? undefined : decimal(m.framesPerSecond, 0),
      t ? `at least ${decimal(t.minimumFramesPerSecond, 0)}` : undefined,
    ),
  ];
}
