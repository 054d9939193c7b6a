import { Fragment } from 'react';
import type { LawProfile, RuleId } from '@wayside/contracts/law-profile';
import type { Measures } from '@wayside/contracts/verdict';
import { decimal, kmh } from '../../format/numbers.ts';
import { Card } from '../../parts/card.tsx';
import { detail, measures as names, ruleMeanings } from '../../words.ts';
import { measureRows, type MeasureRow } from './measure-rows.ts';
import classes from './measures-card.module.css';

/** The measured values, each on a line with its thresholds. */
export function MeasuresCard({
  rule,
  measures,
  road,
}: {
  readonly rule: RuleId;
  readonly measures: Measures;
  /** What the law profile says of roads. */
  readonly road: LawProfile['road'] | undefined;
}) {
  const rows = measureRows(rule, measures, road?.thresholds, road);
  const others = otherValues(measures);
  return (
    <Card title={detail.why} flush>
      <p className={classes['asks']}>{ruleMeanings[rule]}</p>
      {rows.map((row) => (
        <Row key={row.name} row={row} />
      ))}
      {others.length > 0 && (
        <div className={classes['rest']}>
          <h3>{rows.length > 0 ? detail.justMeasured : detail.measured}</h3>
          <dl className={classes['values']}>
            {others.map(([name, value]) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </Fragment>
            ))}
          </dl>
        </div>
      )}
    </Card>
  );
}

function Row({ row }: { readonly row: MeasureRow }) {
  const speed = row.unit === 'm/s' && row.value !== undefined ? ` · ${kmh(row.value)}` : '';
  return (
    <div className={classes['row']}>
      <span className={classes['name']}>{row.name}</span>
      {row.value === undefined ? (
        <span className={`${classes['value']} ${classes['missing']}`}>{detail.notMeasured}</span>
      ) : (
        <span className={classes['value']}>
          {decimal(row.value, row.digits)} {row.unit}
          <span className={classes['missing']}>{speed}</span>
        </span>
      )}
      {row.value !== undefined && row.marks.length > 0 && <Scale row={row} value={row.value} />}
      {row.threshold !== undefined && <span className={classes['says']}>{row.threshold}</span>}
    </div>
  );
}

function Scale({ row, value }: { readonly row: MeasureRow; readonly value: number }) {
  const at = (position: number) => `${Math.min(100, Math.max(0, (100 * position) / row.end))}%`;
  const first = row.marks[0] ?? 0;
  const speaks = row.against === 'below' ? value < first : row.against === 'above' && value >= first;
  const zone = row.against === 'below' ? { left: 0, width: at(first) } : { left: at(first), right: 0 };
  return (
    <span className={`${classes['scale']} ${speaks ? (classes['against'] ?? '') : ''}`} aria-hidden="true">
      <span className={classes['line']}>
        {row.against && <span className={classes['zone']} style={zone} />}
      </span>
      {row.marks.map((mark) => (
        <span key={mark} className={classes['mark']} style={{ left: at(mark) }} />
      ))}
      <span className={classes['dot']} style={{ left: at(value) }} />
    </span>
  );
}

function otherValues(measures: Measures): readonly (readonly [string, string])[] {
  const speed = (mps: number) => `${decimal(mps, 1)} m/s · ${kmh(mps)}`;
  const { lineSpeedMps, speedUncertaintyMps } = measures;
  const { entrySpeedMps, maxSpeedMps, ttcSeconds, minDistanceMetres, pedestrianSpeedMps } = measures;
  const all: readonly (readonly [string, string | undefined])[] = [
    [names.lineSpeedMps, lineSpeedMps === undefined ? undefined : speed(lineSpeedMps)],
    [names.speedUncertaintyMps, speedUncertaintyMps === undefined ? undefined : speed(speedUncertaintyMps)],
    [names.entrySpeedMps, entrySpeedMps === undefined ? undefined : speed(entrySpeedMps)],
    [names.maxSpeedMps, maxSpeedMps === undefined ? undefined : speed(maxSpeedMps)],
    [names.ttcSeconds, ttcSeconds === undefined ? undefined : `${decimal(ttcSeconds, 2)} s`],
    [
      names.minDistanceMetres,
      minDistanceMetres === undefined ? undefined : `${decimal(minDistanceMetres, 2)} m`,
    ],
    [names.pedestrianSpeedMps, pedestrianSpeedMps === undefined ? undefined : speed(pedestrianSpeedMps)],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
