/** A trained model as it is shipped: one JSON file, known by the hash of its canonical content. */
import { contentHash } from '@wayside/contracts/canonical';
import type { Layer } from '../network/layers.ts';
import { plantedForest, type Forest } from '../trees/forest.ts';
import type { Reference } from '../metrics/drift.ts';
import type { Calibration } from './calibration.ts';
import type { Learned } from './learned.ts';
import { SCORED_RULES } from './rules.ts';

interface StoredLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: string;
  readonly biases: string;
}

/** Nodes in order, each before its branches, the left one first. Base64 of little-endian 16-bit integers and 32-bit floats. */
interface StoredForest {
  readonly prior: number;
  readonly columns: string;
  readonly numbers: string;
}

const SCHEMA = 'wayside.model.v2';

export interface ModelFile {
  readonly schema: typeof SCHEMA;
  /** Names of the inputs, in order: a model must not be fed by other code than it was trained with. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly means: string;
  readonly deviations: string;
  readonly members: readonly (readonly StoredLayer[])[];
  /** One an output, or none. */
  readonly forests: readonly StoredForest[];
  readonly calibration: readonly Calibration[];
  /** What the inputs were like in training. */
  readonly reference: Reference;
  readonly trained: Readonly<Record<string, unknown>>;
}

export interface Model extends Learned {
  readonly hash: string;
  readonly inputs: readonly string[];
  readonly calibration: readonly Calibration[];
  readonly reference: Reference;
}

export function modelFile(of: Omit<Model, 'hash'> & { readonly trained: ModelFile['trained'] }): ModelFile {
  return {
    schema: SCHEMA,
    inputs: of.inputs,
    outputs: SCORED_RULES,
    means: encoded(of.ensemble.scaling.means),
    deviations: encoded(of.ensemble.scaling.deviations),
    members: of.ensemble.members.map((layers) => layers.map(storedLayer)),
    forests: of.forests.map(storedForest),
    calibration: of.calibration,
    reference: of.reference,
    trained: of.trained,
  };
}

/** @throws Error where the text is no model of this schema, or its parts do not fit together. */
export function readModel(text: string): Model {
  const file = JSON.parse(text) as ModelFile;
  if ((file.schema as string) !== SCHEMA) throw new Error(`not a model of schema ${SCHEMA}`);
  if (file.outputs.join() !== SCORED_RULES.join())
    throw new Error(`the model scores ${file.outputs.join(', ')}, not ${SCORED_RULES.join(', ')}`);
  const scaling = { means: decoded(file.means), deviations: decoded(file.deviations) };
  if (scaling.means.length !== file.inputs.length)
    throw new Error('the model names other inputs than it takes');
  return {
    hash: contentHash(file),
    inputs: file.inputs,
    ensemble: { scaling, members: file.members.map((layers) => layers.map(layerOf)) },
    forests: forestsIn(file),
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

const storedForest = ({ prior, columns, numbers }: Forest): StoredForest => ({
  prior,
  columns: integers(columns),
  numbers: encoded(numbers),
});

function forestsIn({ forests, inputs, outputs }: ModelFile): readonly Forest[] {
  if (forests.length !== 0 && forests.length !== outputs.length)
    throw new Error('the model has trees for some of its outputs only');
  return forests.map((forest) => forestIn(forest, inputs.length));
}

function forestIn({ prior, columns, numbers }: StoredForest, inputs: number): Forest {
  const bytes = Buffer.from(columns, 'base64');
  const read = Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2));
  const values = decoded(numbers);
  if (read.length !== values.length || read.some((column) => column >= inputs))
    throw new Error('a forest of the model has other nodes than it says');
  return plantedForest(prior, read, values);
}

function integers(values: Int16Array): string {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeInt16LE(value, i * 2);
  return bytes.toString('base64');
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
