import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { benchTop } from '../testing/bench-top.ts';

const top = benchTop();
afterEach(() => top.clear());

const CHILD = fileURLToPath(new URL('../testing/sending-child.ts', import.meta.url));

/** @returns the sequence numbers it said were stored before it was killed */
async function sendUntilKilled(dir: string, brokerUrl: string, killAfter: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, brokerUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    output += chunk.toString();
    if (output.split('\n').length > killAfter) child.kill('SIGKILL');
  }
  const whole = output.slice(0, output.lastIndexOf('\n') + 1);
  return whole.trim().split('\n').map(Number);
}

it('loses nothing that send resolved for and gives no number twice, when the process is killed three times', async () => {
  const dir = await top.dir();
  let slow = 0;
  const broker = await top.broker({
    onArrival: () => new Promise((resolve) => setTimeout(resolve, slow++ % 5)),
  });
  const stored: number[] = [];
  for (const killAfter of [50, 120, 200]) stored.push(...(await sendUntilKilled(dir, broker.url, killAfter)));
  expect(stored.length).toBeGreaterThan(300);
  expect(new Set(stored).size).toBe(stored.length);

  const uplink = await top.uplink({ store: await top.store(dir), brokerUrl: broker.url });
  await uplink.drained();
  const arrived = new Map<number, Set<string>>();
  for (const { message } of broker.arrivals) {
    const ids = arrived.get(message.sequence) ?? new Set();
    arrived.set(message.sequence, ids.add(message.id));
  }
  expect(stored.filter((sequence) => !arrived.has(sequence))).toEqual([]);
  arrived.delete(0);
  expect([...arrived.values()].filter((ids) => ids.size > 1)).toEqual([]);
}, 60_000);
