/** The measured values of red lights and speed as rows of a letter; nothing where the finding is of another rule. */
import type { Measures } from '@wayside/contracts/verdict';
import { decimal, kmh } from './dates.ts';
import type { ValueRow } from './letter.ts';

interface RowWords {
  readonly red: string;
  readonly line: string;
  readonly speed: string;
  readonly seconds: string;
  readonly off: (seconds: string) => string;
  readonly limit: (limit: string, deducted: string) => string;
}

export const LIGHT_AND_SPEED: Readonly<Record<'en' | 'zh', RowWords>> = {
  en: {
    red: 'Red had been shown for',
    line: 'Speed at the stop line',
    speed: 'Speed before the crosswalk',
    seconds: 's',
    off: (seconds) => `known to ±${seconds} s, which is deducted in your favour`,
    limit: (limit, deducted) => `the limit is ${limit}; ${deducted} are deducted in your favour`,
  },
  zh: {
    red: '红灯已亮起的时间',
    line: '越过停止线时的车速',
    speed: '驶近人行横道时的车速',
    seconds: '秒',
    off: (seconds) => `误差不超过 ±${seconds} 秒，已从中扣除`,
    limit: (limit, deducted) => `限速 ${limit}；已扣除 ${deducted}`,
  },
};

export function lightAndSpeedRows(m: Measures, words: RowWords): readonly ValueRow[] {
  const rows: ValueRow[] = [];
  if (m.redSeconds !== undefined)
    rows.push({
      label: words.red,
      value: `${decimal(m.redSeconds, 1)} ${words.seconds}`,
      note: words.off(decimal(m.redUncertaintySeconds ?? 0, 1)),
    });
  if (m.lineSpeedMps !== undefined) rows.push({ label: words.line, value: kmh(m.lineSpeedMps) });
  if (m.speedMps !== undefined)
    rows.push({
      label: words.speed,
      value: kmh(m.speedMps),
      note: words.limit(kmh(m.limitMps ?? 0), kmh(m.deductedMps ?? 0)),
    });
  return rows;
}
