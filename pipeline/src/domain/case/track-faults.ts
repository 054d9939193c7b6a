/** Where one track of a process contradicts itself or the state machine. Reads what is there, also where more is missing. */
import { Compile } from 'typebox/compile';
import { Type } from 'typebox';
import {
  Period,
  PERIODS,
  ProcessTrack,
  STAGES,
  type PeriodName,
  type Stage,
} from '@wayside/contracts/law-process';
import { repeated } from '../calendar/json-faults.ts';
import { PERIOD_RULES } from './period-rules.ts';

const isPeriod = Compile(Period);
const isStages = Compile(ProcessTrack.properties.stages);
const isDriver = Compile(ProcessTrack.properties.driver);
const isSampling = Compile(ProcessTrack.properties.secondReview);
const isObject = Compile(Type.Record(Type.String(), Type.Unknown()));

/** Those without which nobody may lose a point. */
const INDISPENSABLE: Readonly<Partial<Record<Stage, string>>> = {
  review: 'a person decides, never the camera alone',
  notice: 'nobody loses points without being told',
  appeal: 'nobody loses points without a way to object',
  posting: 'the way ends there',
};

/** @param path where the track stands: `/road`. @returns every fault in words. */
export function trackFaults(path: string, track: unknown): readonly string[] {
  if (!isObject.Check(track)) return [];
  const periods = readPeriods(track['periods']);
  const stages = isStages.Check(track['stages']) ? track['stages'] : undefined;
  const faults = [
    ...[...periods].flatMap(([name, period]) => periodFaults(name, period)),
    ...(stages ? [...stageFaults(stages), ...missingPeriods(stages, periods)] : []),
    ...driverFaults(track['driver'], stages),
    ...samplingFaults(track['secondReview'], periods),
  ];
  return faults.map((fault) => `${path}${fault}`);
}

function readPeriods(value: unknown): ReadonlyMap<PeriodName, Period> {
  if (!isObject.Check(value)) return new Map();
  return new Map(
    PERIODS.flatMap((name) => {
      const period = value[name];
      return isPeriod.Check(period) ? [[name, period] as const] : [];
    }),
  );
}

function periodFaults(name: PeriodName, period: Period): readonly string[] {
  const rule = PERIOD_RULES[name];
  const at = `/periods/${name}`;
  const faults: string[] = [];
  if (!rule.from.includes(period.from))
    faults.push(`${at}/from cannot be "${period.from}": it is counted from ${rule.from.join(' or ')}`);
  if (!rule.onLapse.includes(period.onLapse))
    faults.push(`${at}/onLapse cannot be "${period.onLapse}": it is ${rule.onLapse.join(' or ')}`);
  if (period.pausedByAppeal !== undefined && !rule.pausable)
    faults.push(`${at}/pausedByAppeal has no meaning: no appeal can be open while it runs`);
  return faults;
}

function stageFaults(stages: readonly Stage[]): readonly string[] {
  const faults = repeated(stages).map((stage) => `/stages has "${stage}" more than once`);
  for (const [i, stage] of stages.entries()) {
    const before = stages[i - 1];
    if (before !== undefined && STAGES.indexOf(before) > STAGES.indexOf(stage))
      faults.push(`/stages has "${stage}" after "${before}"; it must come before it`);
  }
  for (const [stage, why] of Object.entries(INDISPENSABLE))
    if (!stages.includes(stage as Stage)) faults.push(`/stages lacks "${stage}": ${why}`);
  if (stages.includes('naming') && !stages.includes('keeper-notice'))
    faults.push('/stages has "naming" without "keeper-notice": a keeper who was not asked cannot be late');
  if (stages.includes('keeper-notice') && !stages.includes('naming'))
    faults.push('/stages has "keeper-notice" without "naming": nothing would come of it');
  return faults;
}

function missingPeriods(
  stages: readonly Stage[],
  periods: ReadonlyMap<PeriodName, Period>,
): readonly string[] {
  return PERIODS.flatMap((name) => {
    const { stage } = PERIOD_RULES[name];
    const isDue = stages.includes(stage);
    if (isDue && !periods.has(name) && name !== 'secondReview')
      return [`/periods/${name} is missing: the stage "${stage}" would have no end`];
    if (!isDue && periods.has(name))
      return [`/periods/${name} never runs: the stage "${stage}" is not among /stages`];
    return [];
  });
}

function driverFaults(driver: unknown, stages: readonly Stage[] | undefined): readonly string[] {
  if (!isDriver.Check(driver) || stages === undefined) return [];
  const asksKeeper = stages.includes('naming');
  if (driver.identifiedBy === 'keeper-names' && !asksKeeper)
    return ['/driver/identifiedBy is "keeper-names", but /stages has no "naming"'];
  if (driver.identifiedBy === 'ticket-shown' && asksKeeper)
    return ['/driver/identifiedBy is "ticket-shown", but /stages has "naming"'];
  return [];
}

function samplingFaults(sampling: unknown, periods: ReadonlyMap<PeriodName, Period>): readonly string[] {
  if (!isSampling.Check(sampling)) return [];
  const samples = sampling.confirmedPerMille > 0 || sampling.rejectedPerMille > 0;
  if (samples && !periods.has('secondReview'))
    return ['/periods/secondReview is missing: /secondReview takes samples'];
  if (!samples && periods.has('secondReview'))
    return ['/periods/secondReview never runs: /secondReview takes no samples'];
  return [];
}
