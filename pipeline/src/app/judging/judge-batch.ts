import { setImmediate as breathe } from 'node:timers/promises';
import { countObservations } from '@wayside/contracts/observation-batch';
import type { JudgeContext, JudgeEffect } from '../../domain/judge/effects.ts';
import { judge, type JudgeState } from '../../domain/judge/judge.ts';
import type { LoggedMessage } from '../event-log.ts';

export interface Judged {
  readonly messages: number;
  readonly observations: number;
  readonly effects: readonly JudgeEffect[];
}

/** Judging is synchronous; after so many observations (some 20 ms) whoever else waits for the thread has a turn. */
const OBSERVATIONS_PER_TURN = 4_000;

/** @param recorded effects of messages up to this offset are in the record already and are left out. */
export async function judgeBatch(
  state: JudgeState,
  batch: readonly LoggedMessage[],
  context: JudgeContext,
  recorded: number,
): Promise<Judged> {
  const effects: JudgeEffect[] = [];
  let messages = 0;
  let observations = 0;
  let sinceTurn = 0;
  for (const { offset, message } of batch) {
    const found = judge(state, { offset, message }, context);
    const count = message.type === 'org.wayside.observations.v1' ? countObservations(message.data) : 0;
    sinceTurn += count + 1;
    if (offset > recorded) {
      effects.push(...found);
      messages += 1;
      observations += count;
    }
    if (sinceTurn >= OBSERVATIONS_PER_TURN) {
      sinceTurn = 0;
      await breathe();
    }
  }
  return { messages, observations, effects };
}
