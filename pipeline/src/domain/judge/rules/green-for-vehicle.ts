/** Where a signal governs the crosswalk, whoever has the green has the way: a pedestrian on red is owed care, not the way. */
import type { Finding } from '@wayside/contracts/verdict';
import type { LightCase } from './light-case.ts';

/** @returns the finding that somebody was not given the way, as it stands once the vehicle's own signal was asked. */
export function underSignal(found: Finding, light: LightCase | undefined): Finding {
  if (!light || found.outcome !== 'infraction') return found;
  const states = light.shown.map(({ state }) => state);
  if (states.includes('unknown'))
    return doubtful(
      found,
      'signal-unknown',
      'But a signal governs this crosswalk, and what it showed is not known.',
    );
  if (states.every((state) => state === 'green' || state === 'amber'))
    return doubtful(
      found,
      'had-the-green',
      'But the vehicle’s signal was not red as it passed its stop line.',
    );
  return found;
}

const doubtful = (found: Finding, reason: 'signal-unknown' | 'had-the-green', words: string): Finding => ({
  ...found,
  outcome: 'undecided',
  reason,
  explanation: `${found.explanation} ${words}`,
  points: 0,
});
