/** A trained model as it is shipped: one JSON file, known by the hash of its canonical content. */
import { contentHash } from '@wayside/contracts/canonical';
import type { Ensemble, Layer } from '../network/layers.ts';
import type { Reference } from '../metrics/drift.ts';
import type { Calibration } from './calibration.ts';
import { SCORED_RULES } from './rules.ts';

interface StoredLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: string;
  readonly biases: string;
}

export interface ModelFile {
  readonly schema: 'wayside.model.v1';
  /** Names of the inputs, in order: a model must not be fed by other code than it was trained with. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly means: string;
  readonly deviations: string;
  readonly members: readonly (readonly StoredLayer[])[];
  readonly calibration: readonly Calibration[];
  /** What the inputs were like in training. */
  readonly reference: Reference;
  readonly trained: Readonly<Record<string, unknown>>;
}

export interface Model {
  readonly hash: string;
  readonly inputs: readonly string[];
  readonly ensemble: Ensemble;
  readonly calibration: readonly Calibration[];
  readonly reference: Reference;
}

export function modelFile(of: Omit<Model, 'hash'> & { readonly trained: ModelFile['trained'] }): ModelFile {
  return {
    schema: 'wayside.model.v1',
    inputs: of.inputs,
    outputs: SCORED_RULES,
    means: encoded(of.ensemble.scaling.means),
    deviations: encoded(of.ensemble.scaling.deviations),
    members: of.ensemble.members.map((layers) => layers.map(storedLayer)),
    calibration: of.calibration,
    reference: of.reference,
    trained: of.trained,
  };
}

/** @throws Error where the text is no model of this schema, or its parts do not fit together. */
export function readModel(text: string): Model {
  const file = JSON.parse(text) as ModelFile;
  if ((file.schema as string) !== 'wayside.model.v1')
    throw new Error('not a model of schema wayside.model.v1');
  if (file.outputs.join() !== SCORED_RULES.join())
    throw new Error(`the model scores ${file.outputs.join(', ')}, not ${SCORED_RULES.join(', ')}`);
  const scaling = { means: decoded(file.means), deviations: decoded(file.deviations) };
  if (scaling.means.length !== file.inputs.length)
    throw new Error('the model names other inputs than it takes');
  return {
    hash: contentHash(file),
    inputs: file.inputs,
    ensemble: { scaling, members: file.members.map((layers) => layers.map(layerOf)) },
    calibration: file.calibration,
    reference: file.reference,
  };
}

const storedLayer = ({ inputs, outputs, weights, biases }: Layer): StoredLayer => ({
  inputs,
  outputs,
  weights: encoded(weights),
  biases: encoded(biases),
});

function layerOf({ inputs, outputs, weights, biases }: StoredLayer): Layer {
  const layer = { inputs, outputs, weights: decoded(weights), biases: decoded(biases) };
  if (layer.weights.length !== inputs * outputs || layer.biases.length !== outputs)
    throw new Error('a layer of the model has another size than it says');
  return layer;
}

/** Little-endian 32-bit floats in base64, on every machine. */
function encoded(values: Float32Array): string {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [i, value] of values.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes.toString('base64');
}

function decoded(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
