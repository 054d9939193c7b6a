/**
 * Whether a device is wrong too often. Counted are cases that a person has decided: right where it was confirmed, wrong
 * where it was rejected, or an appeal upheld, for a reason of the device's own. (Baltimore's cameras were kept in use with
 * more than one citation in ten wrong.)
 */
import type { ProcessTrack } from '@wayside/contracts/law-process';

export interface DeviceErrors {
  readonly decided: number;
  readonly wrong: number;
}

/** 0 where nothing is decided. */
export const errorRate = ({ decided, wrong }: DeviceErrors): number => (decided === 0 ? 0 : wrong / decided);

export const exceedsLimit = (
  errors: DeviceErrors,
  limits: Pick<ProcessTrack['deviceErrors'], 'limitPerMille' | 'minimumDecided'>,
): boolean => errors.decided >= limits.minimumDecided && errorRate(errors) * 1000 > limits.limitPerMille;
