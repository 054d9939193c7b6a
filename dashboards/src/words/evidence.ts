/** What is written on the evidence itself. The page says it in one language, the portal in that of its reader. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import type { SignalState } from '@wayside/contracts/signal-phases';

export interface EvidenceWords {
  readonly replay: string;
  readonly noReplay: string;
  readonly noReplayText: string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly speed: string;
  readonly position: string;
  readonly moments: Readonly<Record<'approach' | 'entry' | 'exit', string>>;
  readonly vehicleSpeed: string;
  readonly yieldSpeed: string;
  readonly vehicleThere: string;
  readonly pedestrianThere: string;
  readonly pet: (seconds: string) => string;
  readonly flaggedVehicle: string;
  readonly decisive: string;
  /** Of the traffic light, while it shows so. */
  readonly signals: Readonly<Record<SignalState | 'unknown', string>>;
  readonly summary: (place: string) => string;
  readonly dispute: string;
  readonly seat: (coach: string, place: string) => string;
  readonly train: (train: string, date: string) => string;
  readonly section: (from: string, to: string) => string;
  readonly checked: string;
  readonly checkedText: (source: string, section: string) => string;
  readonly sources: Readonly<Record<ConductorReport['reservations'][number]['source'], string>>;
  readonly asked: string;
  readonly answers: Readonly<Record<ConductorReport['answer'], string>>;
  readonly note: string;
  readonly later: (seconds: string) => string;
}

export const evidenceEn: EvidenceWords = {
  replay: 'Replay',
  noReplay: 'No paths are kept for this infraction',
  noReplayText: 'The finding and its measures stand; the paths were not part of the evidence.',
  play: 'Play',
  pause: 'Pause',
  back: 'One picture back',
  forward: 'One picture on',
  speed: 'Speed',
  position: 'Position in the replay',
  moments: { approach: 'Approach', entry: 'Entry', exit: 'Exit' },
  vehicleSpeed: 'Vehicle speed',
  yieldSpeed: 'giving way',
  vehicleThere: 'Vehicle at ×',
  pedestrianThere: 'Pedestrian at ×',
  pet: (seconds) => `PET ${seconds} s`,
  flaggedVehicle: 'Flagged vehicle',
  decisive: 'Decisive pedestrian',
  signals: {
    red: 'Red',
    'red-amber': 'Red and amber',
    amber: 'Amber',
    green: 'Green',
    flashing: 'Flashing',
    dark: 'Light off',
    unknown: 'Light unknown',
  },
  summary: (place) =>
    `Replay of the recorded paths at ${place}. Space plays, arrows step, 1, 2 and 3 jump to approach, entry and exit.`,
  dispute: 'Seat dispute',
  seat: (coach, place) => `Coach ${coach}, seat ${place}`,
  train: (train, date) => `Train ${train}, ${date}`,
  section: (from, to) => `${from} to ${to}`,
  checked: 'Reservation checked',
  checkedText: (source, section) => `${source}; reserved ${section}`,
  sources: { manifest: 'Passenger list', 'ticket-scan': 'Ticket scanned', central: 'Central system' },
  asked: 'Asked to leave the seat',
  answers: {
    refused: 'Refused',
    moved: 'Moved',
    'left-before-asked': 'Left before being asked',
    'not-asked': 'Was not asked',
  },
  note: 'Conductor’s note',
  later: (seconds) => `${seconds} later`,
};
