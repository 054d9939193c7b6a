/**
 * What a device says at each sequence:
 *
 *   camera:    online, 15 scenes of 16 messages, stopping; and again under the next boot
 *   handheld:  online, 100 reports, stopping; and again
 *
 * A bare device (`raw`) files reports only, and never starts anew.
 */
import type { Player } from './cast.ts';

export const SCENE_SECONDS = 16;
const SCENES_A_BOOT = 15;
const REPORTS_A_BOOT = 100;

export type Step =
  | { readonly kind: 'online' | 'stopping'; readonly boot: number }
  | {
      readonly kind: 'observations';
      readonly boot: number;
      /** Counted from 0 over all boots. */
      readonly scene: number;
      readonly second: number;
    }
  | { readonly kind: 'report'; readonly boot: number; readonly report: number };

export const bootIdOf = (boot: number): string => `boot-${String(boot).padStart(4, '0')}`;

export const messagesABoot = ({ kind }: Pick<Player, 'kind'>): number =>
  kind === 'camera' ? 2 + SCENES_A_BOOT * SCENE_SECONDS : 2 + REPORTS_A_BOOT;

/** @param sequence from 1. */
export function stepOf({ kind, by }: Pick<Player, 'kind' | 'by'>, sequence: number): Step {
  if (by === 'raw') return { kind: 'report', boot: 1, report: sequence - 1 };
  const length = messagesABoot({ kind });
  const boot = Math.floor((sequence - 1) / length) + 1;
  const place = (sequence - 1) % length;
  if (place === 0) return { kind: 'online', boot };
  if (place === length - 1) return { kind: 'stopping', boot };
  const content = place - 1;
  if (kind === 'handheld') return { kind: 'report', boot, report: (boot - 1) * REPORTS_A_BOOT + content };
  const scene = (boot - 1) * SCENES_A_BOOT + Math.floor(content / SCENE_SECONDS);
  return { kind: 'observations', boot, scene, second: content % SCENE_SECONDS };
}

/** Whether nothing is half told when a device stops before this sequence. */
export function endsWell(player: Pick<Player, 'kind' | 'by'>, nextSequence: number): boolean {
  const step = stepOf(player, nextSequence);
  return step.kind !== 'observations' || step.second === 0;
}
