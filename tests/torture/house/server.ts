/** The whole server profile under torture: real servers, a line between any two, eight processes of the house. */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { readSnapshot } from '../check/snapshot.ts';
import type { Reading } from '../drain.ts';
import { bringBack } from '../faults/engine-faults.ts';
import { KEYS } from '../sabotage/bugs.ts';
import type { StageOptions, StandingHouse } from '../stage-parts.ts';
import { openGround, type Ground } from './ground.ts';
import { startPart, type Part } from './part.ts';
import { SERVER_PARTS } from './parts.ts';
import { mayBeResolved, openResolvers } from './resolvers.ts';
import { bundleRole } from './role-bundle.ts';

const UP_WITHIN_MS = 120_000;

export async function openServer({ folder, bug }: StageOptions): Promise<StandingHouse> {
  const ground = await openGround(SERVER_PARTS);
  const bundle = await bundleRole();
  const data = join(folder, 'house');
  const parts = new Map<string, Part>();
  for (const plan of SERVER_PARTS) {
    const { name, role } = plan;
    const args = [bundle.path, 'start', '--role', role, '--data', data, '--port', '0', '--json'];
    parts.set(name, startPart({ name, args: [...args, ...ground.argsOf(plan)], folder, bug }));
    if (parts.size === 1) await within(parts.get(name)?.ready, UP_WITHIN_MS); // the first one migrates
  }
  await within(Promise.all([...parts.values()].map(({ ready }) => ready)), UP_WITHIN_MS);
  if (bug === 'no-unique-key') for (const statement of KEYS) await ground.database.query(statement);
  const resolvers = await openResolvers(ground);
  await sleep(2_000); // the intakes have their sessions at the broker
  return {
    world: { ground, links: new Map(ground.links.map((link) => [link.name, link])), parts },
    doors: ground.doors,
    probe: () => readProgress(ground),
    mayBeResolved,
    heal: async () => {
      for (const link of ground.links) {
        link.throttle(undefined);
        link.release();
      }
      ground.disk?.free();
      for (const engine of Object.values(ground.engines)) {
        engine.signal('SIGCONT');
        await bringBack(engine);
      }
      for (const part of parts.values()) {
        part.control({ clockShiftMs: 0 });
        part.process.signal('SIGCONT');
      }
    },
    snapshot: async () => {
      await resolvers.close();
      return readSnapshot(ground.database);
    },
    close: async () => {
      await resolvers.close();
      await Promise.all([...parts.values()].map((part) => part.process.close()));
      await ground.close();
      bundle.remove();
    },
  };
}

async function within<T>(what: Promise<T> | undefined, timeoutMs: number): Promise<void> {
  const timeout = new AbortController();
  const late = sleep(timeoutMs, 'late' as const, { signal: timeout.signal }).catch(() => undefined);
  const first = await Promise.race([what, late]);
  timeout.abort();
  if (first === 'late') throw new Error('the house did not come up in time; its logs say why');
}

const PROGRESS = `SELECT
  (SELECT coalesce(sum(upper(r) - lower(r)), 0)::bigint FROM log_identity, unnest(seen) AS r) AS stored,
  (SELECT coalesce(sum(upper(r) - lower(r)), 0)::bigint FROM judge_identity, unnest(seen) AS r) AS judged,
  (SELECT coalesce(sum(next_offset - 1), 0)::bigint FROM log_partition) AS head,
  (SELECT coalesce(sum(committed_offset), 0)::bigint FROM judge_cursor) AS committed,
  (SELECT count(*) FROM hold_due WHERE placed_at IS NULL) AS pending,
  (SELECT coalesce(sum(value), 0)::bigint FROM counter WHERE name IN ('intake.duplicate', 'judge.copies')) AS redelivered`;

async function readProgress({ database }: Ground): Promise<Reading> {
  const [reading] = await database.query<Reading>(PROGRESS);
  if (!reading) throw new Error('the database says nothing');
  return reading;
}
