/**
 * `npm run train`: makes streets, judges them, trains the model and the regression it is compared with, and writes both
 * where they are shipped. The seeds below are those of training; evaluation must use others.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { contentHash } from '@wayside/contracts/canonical';
import { YIELD_GEOMETRIES, type YieldGeometry } from '@wayside/contracts/law-profile';
import type { ModelFile } from '@wayside/models/model/model-file';
import { openBackend } from '@wayside/models/runtime/backend';
import { SHIPPED_LOGISTIC, SHIPPED_MODEL } from '@wayside/models/shipped';
import type { FootageRun } from '../src/app/evaluation/gather.ts';
import { trainModels } from '../src/app/evaluation/train.ts';
import { gatherInThreads } from '../src/cli/gather-threads.ts';
import { loadProfileFiles } from '../src/main/profile-files.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '120' },
    minutes: { type: 'string', default: '10' },
    epochs: { type: 'string', default: '10' },
    'dry-run': { type: 'boolean', default: false },
  },
});

const FIRST_SEED = 100;
const SEED = 1;
/** A mix of ours, not a survey of the field: mostly fair, often poor, and the ends of the scale so that they are known. */
const SEVERITIES = ['fair', 'poor', 'fair', 'clean', 'fair', 'poor', 'fair', 'awful', 'fair', 'poor'];
/** A cycle that is no divisor of the others', so that each severity is seen in each light. */
const LIGHTS_IN_TURN = ['day', 'rain', 'night', 'day', 'night', 'rain', 'day'];
/** Two a run, in turn: other streets teach more than the same under another question. */
const geometriesOf = (i: number): readonly YieldGeometry[] => {
  const count = YIELD_GEOMETRIES.length;
  const second = i + 1 + (Math.floor(i / count) % (count - 1));
  return [i, second].flatMap((at) => YIELD_GEOMETRIES[at % count] ?? []);
};
const LAWLESS = 0.55;
/** Every third run as lawful as streets are drawn, so that innocence is learnt in bulk. */
const LAWFUL_EVERY = 3;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

const profile = loadProfileFiles().find(({ id }) => id === 'cn');
if (!profile) throw new Error('the law profile "cn" is not there');
const backend = await openBackend(['wasm']);
const startedAtMs = Date.now();
const runs = Array.from({ length: Number(values.runs) }, (_, i): FootageRun => ({
  seed: FIRST_SEED + i,
  severity: SEVERITIES[i % SEVERITIES.length] ?? 'fair',
  light: LIGHTS_IN_TURN[i % LIGHTS_IN_TURN.length] ?? 'day',
  sites: 8,
  seconds: 60 * Number(values.minutes),
  lawless: i % LAWFUL_EVERY === LAWFUL_EVERY - 1 ? undefined : LAWLESS,
  unsurveyed: 0.15,
  geometries: geometriesOf(i),
}));
const { examples } = await gatherInThreads(runs, profile, say);
const note = {
  from: 'simulated streets',
  profile: profile.id,
  /** Of all of the law but what is decided from the model's probabilities. */
  law: contentHash({ ...profile.road, decision: null }),
  backend,
  runs: runs.map(({ seed, severity, light, lawless }) => ({
    seed,
    severity,
    light,
    lawless: lawless ?? 'drawn',
  })),
};
const trained = trainModels(examples, {
  seed: SEED,
  epochs: Number(values.epochs),
  note,
  onProgress: say,
});
if (!values['dry-run']) {
  await write(SHIPPED_MODEL, trained.model);
  await write(SHIPPED_LOGISTIC, trained.logistic);
}
say(`trained on ${examples.length} verdicts in ${Math.round((Date.now() - startedAtMs) / 1000)} s`);

async function write(file: URL, model: ModelFile): Promise<void> {
  await writeFile(file, `${JSON.stringify(model)}\n`);
}
