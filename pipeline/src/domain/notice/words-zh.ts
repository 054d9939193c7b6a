import type { LetterFacts, WhatWasSeen } from './letter-facts.ts';
import type { ValueRow } from './letter.ts';
import { clock, decimal, kmh, longDay, longDayOf } from './dates.ts';
import { LIGHT_AND_SPEED, lightAndSpeedRows } from './light-and-speed.ts';
import { caseReasonsZh } from '@wayside/contracts/case-reasons-zh';
import type { Words } from './words.ts';

const days = (count: number, kind: 'calendar' | 'working'): string =>
  `${count} 个${kind === 'working' ? '工作日' : '自然日'}`;

const SEEN: Words['rules'] = {
  'fail-to-yield': '在人行横道处未停车让行正在通过的行人',
  'stop-on-crosswalk': '在人行横道上停车等候',
  'overtake-at-crosswalk': '在人行横道处超越了停车让行的车辆',
  'red-light': '在信号灯为红灯时越过停止线通行',
  speeding: '驶近人行横道时超过限速',
  'seat-refusal': '经列车工作人员要求后，仍未让出他人已预订的座位',
};

const where = ({ rule, place, occurredAtMs, timeZone, seat }: WhatWasSeen): string => {
  const when = `${longDay(occurredAtMs, timeZone, 'zh')} ${clock(occurredAtMs, timeZone, 'zh')}`;
  if (seat) return `${when}，在 ${seat.train} 次列车 ${seat.coach} 车 ${seat.place} 座，${SEEN[rule]}。`;
  return `${when}，登记在本账户名下的车辆在${place}，${SEEN[rule]}。`;
};

const LEADS: Readonly<Record<LetterFacts['kind'], (facts: LetterFacts) => readonly string[]>> = {
  'identification-request': () => [
    '审核人员已查看记录并予以确认。记分对象是当时的驾驶人，而不是车辆所有人。因此我们请您说明：当时由谁驾驶？',
  ],
  opening: () => ['该记录并非仅由机器认定，已由审核人员查看并确认。'],
  'appeal-received': () => [
    '您的异议已收到并归入案卷。异议处理期间，期限停止计算。异议将由此前未参与本案的人员作出决定。',
  ],
  decision: ({ decision }) => [
    decision?.upheld
      ? '您提出了异议，您的异议成立。暂扣的分数已退还，本案就此了结。'
      : '您提出了异议。此前未参与本案的人员查阅了案卷中的全部材料，包括您提交的材料，决定维持原认定。',
  ],
  posting: () => ['本案已无待处理的异议，此前暂扣的分数现已正式记入。'],
  release: () => ['本案已了结，不予记分。暂扣的分数已退还至您的账户。给您带来不便，我们深表歉意。'],
  reversal: () => ['我们重新审查了本案，认定此前不应记分。所记分数已全部退还。这是我们的差错，谨向您致歉。'],
  warning: () => ['谨此提醒：您的记分已接近限额，请予留意。'],
};

const ACCESS_USUAL = '您可以在网上平台查阅全部信函，了解处理经过及理由；也可以扫描二维码。';
const ACCESS: Readonly<Partial<Record<LetterFacts['kind'], string>>> = {
  'identification-request':
    '您可以在网上平台查看证据，说明由您本人驾驶，或指明当时的驾驶人；也可以扫描二维码。',
  opening: '您可以在网上平台查看记录、提出异议、提交材料并跟踪进展；也可以扫描二维码。',
  'appeal-received': '您可以在网上平台补充材料、跟踪进展或撤回异议；也可以扫描二维码。',
};

export const wordsZh: Words = {
  title: ({ kind, decision }) =>
    ({
      'identification-request': '请说明当时的驾驶人',
      opening: '暂扣记分告知书',
      'appeal-received': '异议受理通知',
      decision: decision?.upheld ? '异议成立决定书' : '异议处理决定书',
      posting: '记分通知',
      release: '结案通知：不予记分',
      reversal: '更正致歉函：分数已退还',
      warning: '记分提醒',
    })[kind],
  salutation: ({ kind }) => (kind === 'identification-request' ? '尊敬的车辆所有人：' : '尊敬的账户持有人：'),
  closing: '此致',
  stamp: '演示：内容由模拟器生成，不涉及任何真实的人员或车辆。',
  lead: (facts) => [...(facts.what ? [where(facts.what)] : []), ...LEADS[facts.kind](facts)],
  headings: {
    pictures: '俯视图：当时的情形',
    measured: '测量数值',
    points: '对您记分的影响',
    answer: '您的答复',
    reasons: '决定理由',
    rights: '您的权利',
    access: '查阅全部材料并答复',
  },
  legend: '根据记录的轨迹按比例绘制。橙色为车辆，蓝色为行人，线条为各自来时的路线。',
  caption: (moment, time, speed) =>
    `${{ approach: '接近', entry: '驶入', exit: '驶离' }[moment]} · ${time}${speed === null ? '' : ` · ${speed}`}`,
  measures: measuresZh,
  points: pointsZh,
  threshold: ({ letter, at, standing }) =>
    letter === 'licence-withheld'
      ? `您目前累计记分 ${standing} 分。依照规定，累计达到 ${at} 分的，应当扣留机动车驾驶证。是否扣留由发证机关决定并另行通知；在此之前一切照旧。`
      : `您目前累计记分 ${standing} 分。达到 ${at} 分时，我们有义务致函提醒，以便您及早知悉。`,
  standing: ({ counts, initial, limit, available }) =>
    counts === 'down'
      ? `如暂扣分数全部记入，您的账户在 ${initial} 分中尚余 ${available} 分。`
      : `如暂扣分数全部记入，您的账户累计 ${available} 分，限额为 ${limit} 分。`,
  answer: ({ kind }, { days: count, dayKind, lastDayIfToday }) => {
    const last = longDayOf(lastDayIfToday, 'zh');
    return kind === 'identification-request'
      ? {
          title: `请于 ${last}前答复`,
          text: `自本函送达之日起，您有 ${days(count, dayKind)}的时间；如本函于今日送达，最后一日即为上述日期。送达较晚的，期限相应顺延，准确的最后一日以网上平台显示为准。逾期未答复的，本平台不会因此对您作出不利处理。`,
        }
      : {
          title: `异议期限至 ${last}当日结束`,
          text: `自本函送达之日起，您有 ${days(count, dayKind)}的时间；如本函于今日送达，最后一日即为上述日期。送达较晚的，期限相应顺延，准确的最后一日以网上平台显示为准。提出异议不收取任何费用，异议处理期间不会正式记分。`,
        };
  },
  decisionBy: '作出决定的人员说明如下',
  decision: ({ reason, upheld, further }) => [
    `${upheld ? '异议成立' : '异议不成立'}：${caseReasonsZh[reason]}。`,
    ...(further
      ? [`自本函送达之日起 ${days(further.days, further.dayKind)}内，您可以再次提出异议，由另一人员处理。`]
      : []),
  ],
  rights: () => [
    '您有权查阅全部证据：轨迹、测量数值、摄像机校准情况，以及何人于何时作出了何种处理。',
    '您可以就每一项证据发表意见，并提交您自己的图片和文件。',
    '审核您案件的人员不会参与决定您的异议。',
    '我们不编制、不公布任何姓名或号牌名单；与本案无关的人员不会获知本案。',
  ],
  access: ({ kind }) => ACCESS[kind] ?? ACCESS_USUAL,
  accessLabels: { portal: '网上平台', reference: '编号', pin: '查询码' },
  law: ({ law, fileNumber }) => [
    `适用规则：“${law.title}”，${law.wording} 版本。案卷号：${fileNumber}。`,
    ...(law.reviewed ? [] : ['该版本规则尚未经律师审阅。']),
  ],
  reasons: caseReasonsZh,
  rules: SEEN,
};

function pointsZh({ kind, points: count, decision, because }: LetterFacts): string {
  switch (kind) {
    case 'identification-request':
      return `在确认驾驶人之前，本账户暂扣 ${count} 分。暂扣是暂时保留，并非正式记分。`;
    case 'opening':
      return `现暂扣 ${count} 分。暂扣是暂时保留，并非正式记分：只有您未在期限内提出异议，或异议经决定不成立，才会正式记入。`;
    case 'appeal-received':
      return `异议处理期间，${count} 分继续暂扣，不会正式记入。`;
    case 'decision':
      return decision?.upheld
        ? `${count} 分已退还至您的账户。`
        : `在不能再提出异议之后，${count} 分将正式记入。`;
    case 'posting':
      return `${count} 分已正式记入您的账户。`;
    case 'release':
    case 'reversal':
      return `${count} 分已退还至您的账户${because ? `：${caseReasonsZh[because]}` : ''}。`;
    case 'warning':
      return '本函本身不产生任何记分。';
  }
}

function measuresZh({ measures: m, thresholds: t }: WhatWasSeen): readonly ValueRow[] {
  const row = (label: string, value: string | undefined, note?: string): readonly ValueRow[] =>
    value === undefined ? [] : [{ label, value, ...(note !== undefined && { note }) }];
  const s = (value: number | undefined, unit: string) =>
    value === undefined ? undefined : `${decimal(value, 1)} ${unit}`;
  return [
    ...row(
      '车辆与行人先后通过同一点的时间差',
      s(m.petSeconds, '秒'),
      t ? `小于 ${decimal(t.clearPetSeconds, 1)} 秒即为抢行` : undefined,
    ),
    ...row(
      '驶入人行横道前的最低车速',
      m.minSpeedMps === undefined ? undefined : kmh(m.minSpeedMps),
      t ? `低于 ${kmh(t.yieldedMps)} 视为让行` : undefined,
    ),
    ...row('驶入人行横道时的车速', m.entrySpeedMps === undefined ? undefined : kmh(m.entrySpeedMps)),
    ...row(
      '停车所需的减速度',
      s(m.requiredDecelerationMps2, 'm/s²'),
      t ? `不超过 ${decimal(t.comfortableDecelerationMps2, 1)} m/s² 为平缓制动` : undefined,
    ),
    ...row('最小间距', s(m.minDistanceMetres, '米')),
    ...row(
      '在人行横道上停留的时间',
      s(m.stoppedSeconds, '秒'),
      t ? `达到 ${decimal(t.stopOnCrosswalkSeconds, 0)} 秒` : undefined,
    ),
    ...lightAndSpeedRows(m, LIGHT_AND_SPEED.zh),
    ...row(
      '每秒画面数',
      m.framesPerSecond === undefined ? undefined : decimal(m.framesPerSecond, 0),
      t ? `至少 ${decimal(t.minimumFramesPerSecond, 0)}` : undefined,
    ),
  ];
}
