/**
 * What a message costs as a house grows: more sites behind the same processes, and more judges over the same sites. On one
 * machine more judges do not judge more than its cores can; what is shown is that sharing the work costs nothing much.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../server/devices.ts';
import { canServe, openGround, WITHOUT_ENGINES } from '../server/engines.ts';
import { createFleet, type Fleet, type Role } from '../server/fleet.ts';
import setUpEngines from '../server/setup.ts';
import { treeCpuSeconds } from '../support/engines/cpu-seconds.ts';

export const description =
  'the server profile: processor time a message at 10 to 10,000 sites, and with 1 to 4 judges';

const SITES = [10, 100, 1_000, 10_000];
const JUDGES = [1, 2, 4];
/** Well below what one machine takes, so that what is measured is the work and not the waiting. */
const RATE = 10_000;
const MEASURED_MS = 20_000;
const MOST_WARM_UP_MS = 180_000;

export async function run({ json }: { readonly json: boolean }): Promise<object> {
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(`${text}\n`);
  const tearDown = await setUpEngines();
  try {
    if (!canServe()) throw new Error(`this machine cannot run it${WITHOUT_ENGINES()}`);
    const bySites = [];
    for (const sites of SITES) bySites.push(await cost({ sites, judges: 1 }, say));
    const byJudges = [];
    for (const judges of JUDGES) byJudges.push(await cost({ sites: 200, judges }, say));
    return { bySites, byJudges };
  } finally {
    await tearDown();
  }
}

interface Shape {
  readonly sites: number;
  readonly judges: number;
}

async function cost({ sites, judges }: Shape, say: (text: string) => void): Promise<object> {
  const ground = await openGround({ partitions: 8 });
  const fleet = createFleet(ground);
  const roles: Role[] = ['api', 'intake', 'worker', 'scheduler', ...Array<Role>(judges).fill('judge')];
  try {
    for (const role of roles) await fleet.start(role);
    const load = runLoad({ broker: ground.mosquitto.url, rate: RATE, sites, seconds: 3_600 });
    await untilAllAreBorn(fleet, sites);
    const from = await spent(fleet);
    await sleep(MEASURED_MS);
    const to = await spent(fleet);
    load.child.kill('SIGKILL');
    await load.done.catch(() => undefined);
    const messages = to.judged - from.judged;
    const each = (role: Role) => Math.round((1e6 * (to.cpu(role) - from.cpu(role))) / messages);
    const result = {
      sites,
      judges,
      messagesPerSecond: Math.round((1000 * messages) / (to.atMs - from.atMs)),
      microsecondsPerMessage: { intake: each('intake'), judge: each('judge') },
    };
    say(JSON.stringify(result));
    return result;
  } finally {
    await fleet.close();
    await ground.close();
  }
}

/** Births come once; they are not what is measured. */
async function untilAllAreBorn(fleet: Fleet, sites: number): Promise<void> {
  const deadline = Date.now() + MOST_WARM_UP_MS;
  while ((await fleet.counters()).judge.judged < sites * 1.05 + 200) {
    if (Date.now() > deadline) throw new Error(`${sites} sites did not come up in time`);
    await sleep(500);
  }
}

async function spent(fleet: Fleet) {
  const { judge } = await fleet.counters();
  const seconds = new Map<Role, number>();
  for (const { role, pid } of fleet.parts) seconds.set(role, (seconds.get(role) ?? 0) + treeCpuSeconds(pid));
  return { judged: judge.judged, atMs: Date.now(), cpu: (role: Role) => seconds.get(role) ?? 0 };
}
