import type { Attributes } from './xml-elements.ts';

/** What the readers of SUMO's floating-car data, XML or CSV, hand on: each thing where it stands, by line. */
export interface FcdSink {
  /** Begins a timestep and ends the one before. @param time seconds, as written. */
  readonly timestep: (time: string | undefined, line: number) => void;
  readonly row: (of: 'vehicle' | 'person', fields: Attributes, line: number) => void;
  /** What follows belongs to no timestep until the next begins. */
  readonly endOfTimestep: () => void;
  /** The file ended amid a timestep: it is left out, for nobody knows who else was there. */
  readonly abandon: (line: number) => void;
  readonly fault: (line: number, reason: string) => void;
  /** A fault that stands in every row: told the first time only. */
  readonly note: (line: number, key: string, reason: string) => void;
}

/** The attributes that SUMO (1.15 and later) can write of each. */
const KNOWN: Readonly<Record<'vehicle' | 'person', ReadonlySet<string>>> = {
  vehicle: new Set(
    (
      'id x y z angle type speed pos lane edge slope signals acceleration accelerationLat distance odometer posLat ' +
      'speedLat leaderID leaderSpeed leaderGap arrivalDelay delay segment queue entryTime eventTime'
    ).split(' '),
  ),
  person: new Set('id x y z angle type speed pos lane edge slope vehicle stage posLat'.split(' ')),
};

/** Tells of what stands there that SUMO does not write of itself (`--fcd-output.params` can): it is not used. */
export function noteUnknown(
  sink: Pick<FcdSink, 'note'>,
  of: 'vehicle' | 'person',
  names: Iterable<string>,
  line: number,
): void {
  for (const name of names)
    if (!KNOWN[of].has(name))
      sink.note(
        line,
        `${of} ${name}`,
        `"${name.slice(0, 40)}" is no attribute of a ${of} that is known here: it is left out from here on`,
      );
}
