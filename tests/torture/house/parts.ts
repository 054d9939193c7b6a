/** The processes of a house under torture. */
import type { Door } from '../oracle/cast.ts';

export interface PartPlan {
  readonly name: string;
  readonly role: 'intake' | 'judge' | 'worker' | 'scheduler' | 'api';
  /** Of an intake: whether devices connect to it, or to a broker of others it takes its share of. */
  readonly door?: Door;
}

export const SERVER_PARTS: readonly PartPlan[] = [
  { name: 'intake-1', role: 'intake', door: 'house' },
  { name: 'intake-2', role: 'intake', door: 'house' },
  { name: 'intake-3', role: 'intake', door: 'broker' },
  { name: 'judge-1', role: 'judge' },
  { name: 'judge-2', role: 'judge' },
  { name: 'worker-1', role: 'worker' },
  { name: 'scheduler-1', role: 'scheduler' },
  { name: 'api-1', role: 'api' },
];
