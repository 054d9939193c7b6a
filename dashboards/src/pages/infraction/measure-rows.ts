/** The measured values that decide a finding, each beside the threshold of the law profile it was held against. */
import type { LawProfile, RuleId } from '@wayside/contracts/law-profile';
import type { Measures } from '@wayside/contracts/verdict';
import { decimal, kmh } from '../../format/numbers.ts';
import { measures as names, thresholds as says } from '../../words.ts';

type Thresholds = LawProfile['road']['thresholds'];
type LightAndSpeed = Pick<LawProfile['road'], 'redLight' | 'speeding'>;

export interface MeasureRow {
  readonly name: string;
  readonly value: number | undefined;
  readonly unit: string;
  readonly digits: number;
  /** In words; absent while the profile is not known. */
  readonly threshold: string | undefined;
  /** Where the thresholds and the value lie on a line from 0 to `end`. */
  readonly marks: readonly number[];
  readonly end: number;
  /** Which side of the first mark speaks for the finding. */
  readonly against: 'below' | 'above' | undefined;
}

export function measureRows(
  rule: RuleId,
  measured: Measures,
  law: Thresholds | undefined,
  terms?: LightAndSpeed,
): readonly MeasureRow[] {
  switch (rule) {
    case 'fail-to-yield':
      return [
        petRow(measured, law),
        slowRow(measured, law),
        brakeRow(measured, law),
        framesRow(measured, law),
      ];
    case 'overtake-at-crosswalk':
      return [petRow(measured, law), framesRow(measured, law)].filter(isMeasured);
    case 'stop-on-crosswalk':
      return [stoppedRow(measured, law), framesRow(measured, law)].filter(isMeasured);
    case 'red-light':
      return [redRow(measured, terms), framesRow(measured, law)].filter(isMeasured);
    case 'speeding':
      return [speedRow(measured), framesRow(measured, law)].filter(isMeasured);
    case 'seat-refusal':
      return [];
  }
}

/** What a rule does not ask for is not missing. */
const isMeasured = ({ value }: MeasureRow): boolean => value !== undefined;

function row(of: {
  readonly name: string;
  readonly value: number | undefined;
  readonly unit: string;
  readonly digits: number;
  readonly marks: readonly (number | undefined)[];
  readonly threshold: string | undefined;
  readonly against: MeasureRow['against'];
}): MeasureRow {
  const marks = of.marks.filter((mark) => mark !== undefined);
  return { ...of, marks, end: 1.35 * Math.max(...marks, of.value ?? 0, 0.1) };
}

const petRow = ({ petSeconds }: Measures, law: Thresholds | undefined): MeasureRow =>
  row({
    name: names.petSeconds,
    value: petSeconds,
    unit: 's',
    digits: 2,
    marks: [law?.clearPetSeconds, law?.maxPetSeconds],
    threshold: law && says.pet(decimal(law.clearPetSeconds, 1), decimal(law.maxPetSeconds, 1)),
    against: 'below',
  });

const slowRow = ({ minSpeedMps }: Measures, law: Thresholds | undefined): MeasureRow =>
  row({
    name: names.minSpeedMps,
    value: minSpeedMps,
    unit: 'm/s',
    digits: 1,
    marks: [law?.yieldedMps],
    threshold: law && says.slow(decimal(law.yieldedMps, 1)),
    against: 'above',
  });

const brakeRow = ({ requiredDecelerationMps2 }: Measures, law: Thresholds | undefined): MeasureRow =>
  row({
    name: names.requiredDecelerationMps2,
    value: requiredDecelerationMps2,
    unit: 'm/s²',
    digits: 1,
    marks: [law?.comfortableDecelerationMps2],
    threshold: law && says.brake(decimal(law.comfortableDecelerationMps2, 1)),
    against: 'below',
  });

const stoppedRow = ({ stoppedSeconds }: Measures, law: Thresholds | undefined): MeasureRow =>
  row({
    name: names.stoppedSeconds,
    value: stoppedSeconds,
    unit: 's',
    digits: 1,
    marks: [law?.stopOnCrosswalkSeconds],
    threshold: law && says.stopped(decimal(law.stopOnCrosswalkSeconds, 1)),
    against: 'above',
  });

const framesRow = ({ framesPerSecond }: Measures, law: Thresholds | undefined): MeasureRow =>
  row({
    name: names.framesPerSecond,
    value: framesPerSecond,
    unit: '',
    digits: 1,
    marks: [law?.minimumFramesPerSecond],
    threshold: law && says.frames(decimal(law.minimumFramesPerSecond, 0)),
    against: undefined,
  });

/** Granted, and what the moment may be off: only what is beyond both speaks for the finding. */
const redRow = (
  { redSeconds, redUncertaintySeconds = 0 }: Measures,
  terms: LightAndSpeed | undefined,
): MeasureRow => {
  const grace = terms?.redLight?.graceSeconds;
  return row({
    name: names.redSeconds,
    value: redSeconds,
    unit: 's',
    digits: 1,
    marks: [grace === undefined ? undefined : grace + redUncertaintySeconds],
    threshold:
      grace === undefined ? undefined : says.red(decimal(grace, 1), decimal(redUncertaintySeconds, 2)),
    against: 'above',
  });
};

const speedRow = ({ speedMps, limitMps, deductedMps }: Measures): MeasureRow =>
  row({
    name: names.speedMps,
    value: speedMps,
    unit: 'm/s',
    digits: 1,
    marks: limitMps === undefined ? [] : [limitMps, limitMps + (deductedMps ?? 0)],
    threshold: limitMps === undefined ? undefined : says.speed(kmh(limitMps), kmh(deductedMps ?? 0)),
    against: 'above',
  });
