/** Judges: of all partitions where this process is alone, of its share where others like it are. */
import type { LawProfile } from '@wayside/contracts/law-profile';
import { openEncounterModel, type EncounterModel } from '../adapters/encounter-model.ts';
import type { JobQueue } from '../app/job-queue.ts';
import { createWaker } from '../app/holds/waker.ts';
import { createCopies } from '../app/judging/copies.ts';
import { keepJudging, keepJudgingPartition } from '../app/judging/keep-judging.ts';
import { createOpine } from '../app/judging/opine.ts';
import type { JudgeParts } from '../app/judging/run-judge.ts';
import { createSiteContext } from '../app/judging/site-context.ts';
import { keepLeases } from '../app/leases/keep-leases.ts';
import { createRecorder } from '../app/record/recorder.ts';
import { runUntilClosed, type Rooms } from './house-parts.ts';
import { processName } from './process-name.ts';

export async function openJudge(rooms: Rooms, queue: JobQueue): Promise<EncounterModel | undefined> {
  const { store, bus, clock, logger, config, lifecycle, tracer } = rooms;
  const { log, database, signer, profiles } = store;
  const waker = createWaker(queue, logger);
  const model = await openModel(rooms);
  const judge: JudgeParts = {
    log,
    database,
    record: createRecorder(signer, clock),
    context: createSiteContext(database, profileChooser(profiles, config.profile)),
    ...(store.mayHoldCopies && { copies: createCopies(database) }),
    ...(tracer && { tracer }),
    ...(model && { opine: createOpine({ model, profiles, clock: () => performance.now() }) }),
    bus,
    wake: () => waker.wake(),
    clock,
    logger,
  };
  lifecycle.onClose('wake-ups', () => waker.settled());
  runUntilClosed('judge', lifecycle, (signal) =>
    store.shared ? judgeShare(judge, signal) : keepJudging(judge, signal),
  );
  return model;
}

/** The model is only opened where a law profile asks for it. */
async function openModel({ store, logger, lifecycle }: Rooms): Promise<EncounterModel | undefined> {
  if (!store.profiles.some(({ road }) => road.decision)) return undefined;
  const model = await openEncounterModel();
  lifecycle.onClose('model', () => {
    model.close();
  });
  logger.info({ model: model.sha256, backend: model.backend }, 'model is ready');
  return model;
}

const judgeShare = (judge: JudgeParts, signal: AbortSignal): Promise<void> => {
  const partitionOf = new Map(judge.log.partitions.map((partition) => [`judge/${partition}`, partition]));
  const work = (name: string, stopped: AbortSignal) =>
    keepJudgingPartition(partitionOf.get(name) ?? 0, judge, stopped);
  const { database, logger } = judge;
  const names = [...partitionOf.keys()];
  return keepLeases({ database, kind: 'judge', names, holder: processName(), work, logger }, signal);
};

/** A site's own jurisdiction decides; one that names none has the house's default. Intake turned unknown ones away. */
function profileChooser(
  profiles: readonly LawProfile[],
  defaultId: string,
): (jurisdiction: string | undefined) => LawProfile {
  const fallback = profiles.find((profile) => profile.id === defaultId);
  if (!fallback)
    throw new Error(
      `there is no law profile "${defaultId}"; there are: ${profiles.map((profile) => profile.id).join(', ')}`,
    );
  return (jurisdiction) => profiles.find((profile) => profile.id === jurisdiction) ?? fallback;
}
