/** Which fault when: a function of the seed and of who is there to be hurt, so that a run can be made again. */
import { pick, stream, weighted } from '../random.ts';
import { FAULT_KINDS, type FaultKind, type TargetGroup } from './kinds.ts';

export interface Fault {
  readonly id: number;
  readonly atMs: number;
  readonly group: TargetGroup;
  readonly kind: string;
  readonly target: string;
  readonly lastsMs: number;
  /** How much of it, in [0, 1); each kind makes of it what it needs. */
  readonly size: number;
}

export type Targets = Readonly<Partial<Record<TargetGroup, readonly string[]>>>;

export interface ScheduleOptions {
  readonly seed: number;
  readonly lengthMs: number;
  /** Between the beginnings of two faults, on average. */
  readonly gapMs: number;
  readonly targets: Targets;
  /** Only these kinds, as `group kind`; all where absent. */
  readonly only?: readonly string[];
  /** Only whose name begins so; everybody where absent. */
  readonly hurt?: readonly string[];
}

export function scheduleOf(options: ScheduleOptions): readonly Fault[] {
  const { seed, lengthMs, gapMs, only } = options;
  const at = stream(seed, 'faults');
  const targets = hurtAmong(options);
  const choices = choicesOf(targets, only);
  const faults: Fault[] = [];
  if (choices.length === 0) return faults;
  for (let atMs = gapMs; atMs < lengthMs; atMs += gapMs * (0.4 + 1.2 * at())) {
    const { group, kind } = weighted(choices, (choice) => choice.kind.weight, at());
    const [shortest, longest] = kind.lastsMs;
    faults.push({
      id: faults.length + 1,
      atMs: Math.round(atMs),
      group,
      kind: kind.name,
      target: pick(targets[group] ?? [], at()),
      lastsMs: Math.round(shortest + (longest - shortest) * at()),
      size: at(),
    });
  }
  return faults;
}

function hurtAmong({ targets, hurt }: ScheduleOptions): Targets {
  if (!hurt) return targets;
  const isHurt = (name: string): boolean => hurt.some((prefix) => name.startsWith(prefix));
  return Object.fromEntries(Object.entries(targets).map(([group, names]) => [group, names.filter(isHurt)]));
}

interface Choice {
  readonly group: TargetGroup;
  readonly kind: FaultKind;
}

const choicesOf = (targets: Targets, only: readonly string[] | undefined): readonly Choice[] =>
  (Object.keys(FAULT_KINDS) as TargetGroup[])
    .filter((group) => (targets[group]?.length ?? 0) > 0)
    .flatMap((group) => FAULT_KINDS[group].map((kind): Choice => ({ group, kind })))
    .filter(({ group, kind }) => kind.weight > 0 && (only?.includes(`${group} ${kind.name}`) ?? true));
