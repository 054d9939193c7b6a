/** What runs in a thread of gather-threads.ts: one run at a time, as it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { gatherRun, type FootageRun } from '../app/evaluation/gather.ts';
import { playFootage } from './play-footage.ts';

const { profile } = workerData as { readonly profile: LawProfile };

// what is thrown here ends the thread, and reaches who waits for it
parentPort?.on('message', (run: FootageRun) => {
  void gatherRun(run, profile, playFootage).then((gathered) => parentPort?.postMessage(gathered));
});
