/**
 * What a message costs as a house grows: more sites behind the same processes at the same rate, and more judges over the
 * same sites and partitions. Processor time of the role's processes, not of the wall, so that a machine that others use
 * says the same; idle time of a role (its leases, its looks at the log) is in it. The more sites share a rate, the slower
 * the time of each goes and the fewer encounters end while it is measured: `verdictsEach` says how many.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../server/devices.ts';
import { canServe, openGround, WITHOUT_ENGINES } from '../server/engines.ts';
import { createFleet, type Fleet, type Role } from '../server/fleet.ts';
import setUpEngines from '../server/setup.ts';
import { treeCpuSeconds } from '../support/engines/cpu-seconds.ts';

export const description =
  'the server profile: processor time a message at 10 to 10,000 sites, and with 1 to 4 judges';

interface Shape {
  readonly sites: number;
  readonly judges: number;
}

/** Those with the most to tell first, should the time run out. */
const SHAPES: readonly Shape[] = [
  { sites: 10, judges: 1 },
  { sites: 1_000, judges: 1 },
  { sites: 1_000, judges: 4 },
  { sites: 10_000, judges: 1 },
  { sites: 100, judges: 1 },
  { sites: 1_000, judges: 2 },
];
/** Well below what one machine takes, so that what is measured is the work and not the waiting. */
const RATE = 20_000;
const MEASURED_MS = 15_000;
/** Until the processes have compiled what they run. */
const WARM_UP_MESSAGES = 1_500;
const MOST_WARM_UP_MS = 90_000;
/** No shape is begun later than this. */
const LAST_BEGIN_MS = 540_000;
const MEASURED_ROLES: readonly Role[] = ['intake', 'judge'];

export async function run({ json }: { readonly json: boolean }): Promise<object> {
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const beganAtMs = Date.now();
  const tearDown = await setUpEngines();
  try {
    if (!canServe()) throw new Error(`this machine cannot run it${WITHOUT_ENGINES()}`);
    const measured: object[] = [];
    const skipped: Shape[] = [];
    for (const shape of SHAPES) {
      if (Date.now() - beganAtMs > LAST_BEGIN_MS) {
        skipped.push(shape);
        continue;
      }
      const cost = await costOf(shape);
      say(JSON.stringify(cost));
      measured.push(cost);
    }
    if (skipped.length > 0) say(`no time was left for ${JSON.stringify(skipped)}`);
    return { offeredObservationsPerSecond: RATE, measured, skipped };
  } finally {
    await tearDown();
  }
}

async function costOf({ sites, judges }: Shape): Promise<object> {
  const ground = await openGround({ partitions: 8 });
  const fleet = createFleet(ground);
  try {
    await fleet.start('api'); // which makes the tables
    const others: Role[] = ['intake', 'worker', 'scheduler', ...Array<Role>(judges).fill('judge')];
    await Promise.all(others.map((role) => fleet.start(role)));
    const load = runLoad({ broker: ground.mosquitto.url, rate: RATE, sites, seconds: 3_600 });
    try {
      await Promise.race([untilAllAreBorn(fleet, sites), load.done]); // which ends only by a fault
      const from = await spent(fleet);
      await sleep(MEASURED_MS);
      return { sites, judges, ...between(from, await spent(fleet)) };
    } finally {
      load.child.kill('SIGKILL');
      await load.done.catch(() => undefined);
    }
  } finally {
    await fleet.close();
    await ground.close();
  }
}

/** Births come once; they are not what is measured. */
async function untilAllAreBorn(fleet: Fleet, sites: number): Promise<void> {
  const deadline = Date.now() + MOST_WARM_UP_MS;
  for (;;) {
    const { judge } = await fleet.counters();
    if (judge.judged > sites + WARM_UP_MESSAGES && judge.waiting < 100) return;
    if (Date.now() > deadline)
      throw new Error(`${sites} sites did not come up in time: ${judge.judged} judged`);
    await sleep(500);
  }
}

interface Spent {
  readonly judged: number;
  readonly observations: number;
  readonly verdicts: number;
  readonly atMs: number;
  readonly seconds: ReadonlyMap<Role, number>;
}

async function spent(fleet: Fleet): Promise<Spent> {
  const { judge, record } = await fleet.counters();
  const seconds = new Map<Role, number>();
  for (const { role, pid } of fleet.parts) seconds.set(role, (seconds.get(role) ?? 0) + treeCpuSeconds(pid));
  const { judged, observations } = judge;
  return { judged, observations, verdicts: record.verdicts, atMs: Date.now(), seconds };
}

function between(from: Spent, to: Spent): object {
  const messages = to.judged - from.judged;
  const each = (role: Role): number => {
    const seconds = (to.seconds.get(role) ?? 0) - (from.seconds.get(role) ?? 0);
    return Math.round((1e6 * seconds) / messages);
  };
  return {
    messages,
    messagesPerSecond: Math.round((1000 * messages) / (to.atMs - from.atMs)),
    observationsEach: Math.round((to.observations - from.observations) / messages),
    verdictsEach: Number(((to.verdicts - from.verdicts) / messages).toFixed(2)),
    microsecondsPerMessage: Object.fromEntries(MEASURED_ROLES.map((role) => [role, each(role)])),
  };
}
