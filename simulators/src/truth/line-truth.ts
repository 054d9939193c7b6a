/** The truth about stop lines and speed on a street with a signal: one line for each vehicle that passes. */
import type { StreetView } from '../street/street.ts';
import { lightAt, redFor } from '../street/signal-programme.ts';
import type { SignalPlan } from '../street/plan.ts';
import type { Vehicle } from '../street/traffic.ts';

export interface TrueLine {
  readonly kind: 'line';
  readonly site: string;
  readonly vehicle: string;
  readonly plate: string | null;
  readonly emergency: boolean;
  readonly disposition: string;
  readonly lineAtMs: number;
  readonly entryAtMs: number;
  readonly light: string;
  /** Since red began, as the line was passed; null where it was not red. */
  readonly redSeconds: number | null;
  /** The light was red as it passed the line, and as it came onto the crosswalk. */
  readonly redLight: 'infraction' | 'clear';
  readonly meanMps: number;
  readonly limitMps: number;
  /** Its mean speed over the stretch was over the limit. */
  readonly speeding: 'infraction' | 'clear';
}

/** The stretch over which speed is taken, of the front before the crosswalk. Metres. */
const FROM_METRES = 30;
const TO_METRES = 3;

interface Passing {
  readonly fromSeconds: number;
  toSeconds: number | undefined;
  lineSeconds: number | undefined;
}

export interface LineRecorder {
  /** To be told of every step. @returns who has come onto the crosswalk in it. */
  readonly observe: () => readonly TrueLine[];
}

/** @param startMs device time at which the street's clock stands at zero. */
export function lineRecorder(street: StreetView, signal: SignalPlan, startMs: number): LineRecorder {
  const passings = new Map<number, Passing>();
  const { plan } = street;
  const edge = -plan.halfDepthMetres;
  return {
    observe() {
      const lines: TrueLine[] = [];
      for (const { vehicles } of street.lanes)
        for (const vehicle of vehicles) {
          const line = follow(vehicle, street.seconds);
          if (line) lines.push(line);
        }
      return lines;
    },
  };

  /** @returns what there is to tell once it is on the crosswalk. */
  function follow(vehicle: Vehicle, now: number): TrueLine | undefined {
    const { id, s } = vehicle;
    const known = passings.get(id);
    if (s < edge - FROM_METRES || (s > edge && !known)) return undefined;
    const passing = known ?? { fromSeconds: now, toSeconds: undefined, lineSeconds: undefined };
    if (s >= edge - TO_METRES) passing.toSeconds ??= now;
    if (s >= edge - plan.stopGapMetres) passing.lineSeconds ??= now;
    if (s < edge) {
      passings.set(id, passing);
      return undefined;
    }
    passings.delete(id);
    return lineOf(vehicle, passing, now);
  }

  function lineOf(vehicle: Vehicle, passing: Passing, entryAt: number): TrueLine {
    const { fromSeconds, toSeconds = entryAt, lineSeconds = entryAt } = passing;
    const light = lightAt(signal, lineSeconds);
    const ran = light === 'red' && lightAt(signal, entryAt) === 'red';
    const meanMps = (FROM_METRES - TO_METRES) / Math.max(0.1, toSeconds - fromSeconds);
    const guilty = (is: boolean) => (is && !vehicle.emergency ? 'infraction' : 'clear');
    return {
      kind: 'line',
      site: plan.id,
      vehicle: String(vehicle.id),
      plate: vehicle.plate ?? null,
      emergency: vehicle.emergency,
      disposition: vehicle.driver.disposition,
      lineAtMs: startMs + Math.round(lineSeconds * 1000),
      entryAtMs: startMs + Math.round(entryAt * 1000),
      light,
      redSeconds: light === 'red' ? rounded(redFor(signal, lineSeconds)) : null,
      redLight: guilty(ran),
      meanMps: rounded(meanMps),
      limitMps: rounded(plan.speedLimitMps),
      speeding: guilty(meanMps > plan.speedLimitMps),
    };
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
