/** Runs an ensemble on whole batches. Its tensors live until it is closed. */
import {
  add,
  matMul,
  relu,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { scaleInto, type Ensemble, type Layer } from './layers.ts';

export interface Forward {
  /** @returns logits, row by row. */
  readonly logits: (rows: readonly Float32Array[]) => Float32Array;
  readonly outputs: number;
  readonly close: () => void;
}

interface LayerTensors {
  readonly weights: Tensor2D;
  readonly biases: Tensor1D;
}

/** Larger batches gain nothing and hold the thread longer. */
const BATCH = 512;

export function openForward({ scaling, members }: Ensemble): Forward {
  const networks = members.map((layers) => layers.map(tensorsOf));
  const width = scaling.means.length;
  const outputs = members[0]?.at(-1)?.outputs ?? 0;
  const runBatch = (rows: readonly Float32Array[], into: Float32Array, offset: number): void => {
    const inputs = new Float32Array(rows.length * width);
    for (const [i, row] of rows.entries()) scaleInto(inputs, i * width, row, scaling);
    // what is returned from here is searched for tensors, number by number: nothing is
    tidy(() => {
      const x = tensor2d(inputs, [rows.length, width]);
      for (const layers of networks) addShare(into, offset, run(layers, x).dataSync(), networks.length);
    });
  };
  return {
    outputs,
    logits(rows) {
      const all = new Float32Array(rows.length * outputs);
      for (let from = 0; from < rows.length; from += BATCH)
        runBatch(rows.slice(from, from + BATCH), all, from * outputs);
      return all;
    },
    close() {
      for (const { weights, biases } of networks.flat()) {
        weights.dispose();
        biases.dispose();
      }
    },
  };
}

const tensorsOf = ({ inputs, outputs, weights, biases }: Layer): LayerTensors => ({
  weights: tensor2d(weights, [inputs, outputs]),
  biases: tensor1d(biases),
});

/** The mean over networks, a part at a time. */
function addShare(into: Float32Array, offset: number, values: ArrayLike<number>, networks: number): void {
  for (let k = 0; k < values.length; k++)
    into[offset + k] = (into[offset + k] as number) + (values[k] as number) / networks;
}

function run(layers: readonly LayerTensors[], x: Tensor2D): Tensor2D {
  let out = x;
  for (const [i, { weights, biases }] of layers.entries()) {
    const sum = add<Tensor2D>(matMul(out, weights), biases);
    out = i + 1 < layers.length ? relu(sum) : sum;
  }
  return out;
}
