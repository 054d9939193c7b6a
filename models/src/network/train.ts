/**
 * Trains one network by AdamW on the mean logistic loss, with its gradients written out: five lines for a network this
 * small, and every backend has the kernels for them (TensorFlow.js's own gradients need kernels that WASM lacks).
 */
import {
  add,
  div,
  matMul,
  mul,
  relu,
  sigmoid,
  sqrt,
  square,
  step,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { randomFrom, shuffled, type Random } from '../numbers/random.ts';
import { scaleInto, type Layer, type Scaling } from './layers.ts';

export interface TrainingRow {
  readonly inputs: Float32Array;
  /** One an output: 0 or 1; undefined where this row does not tell. */
  readonly targets: readonly (0 | 1 | undefined)[];
  readonly weight: number;
}

export interface TrainingOptions {
  readonly seed: number;
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Deviation of the noise added to each scaled input: what a camera measures is never exact. */
  readonly inputNoise: number;
  /** Share of hidden units left out of each step. */
  readonly dropout: number;
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

interface Parameter {
  value: Tensor;
  mean: Tensor;
  variance: Tensor;
  readonly decays: boolean;
}

export function trainNetwork(
  rows: readonly TrainingRow[],
  scaling: Scaling,
  options: TrainingOptions,
): readonly Layer[] {
  const random = randomFrom(options.seed);
  const sizes = [scaling.means.length, ...options.hidden, rows[0]?.targets.length ?? 1];
  const parameters = sizes.slice(1).flatMap((outputs, l) => newLayer(sizes[l] as number, outputs, random));
  const steps = options.epochs * Math.ceil(rows.length / options.batch);
  let done = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = shuffled(rows, random);
    for (let from = 0; from < order.length; from += options.batch) {
      const rate = options.learningRate * 0.5 * (1 + Math.cos((Math.PI * done) / steps));
      done++;
      const batch = order.slice(from, from + options.batch);
      learn(parameters, batch, { scaling, options, random, rate, done });
    }
  }
  return layersOf(parameters, sizes);
}

function newLayer(inputs: number, outputs: number, random: Random): Parameter[] {
  const scale = Math.sqrt(2 / inputs);
  const weights = Float32Array.from({ length: inputs * outputs }, () => random.normal() * scale);
  return [
    parameterOf(tensor2d(weights, [inputs, outputs]), true),
    parameterOf(tensor1d(new Float32Array(outputs)), false),
  ];
}

const parameterOf = (value: Tensor, decays: boolean): Parameter => ({
  value,
  mean: tidy(() => mul(value, 0)),
  variance: tidy(() => mul(value, 0)),
  decays,
});

interface Step {
  readonly scaling: Scaling;
  readonly options: TrainingOptions;
  readonly random: Random;
  readonly rate: number;
  readonly done: number;
}

function learn(parameters: readonly Parameter[], batch: readonly TrainingRow[], now: Step): void {
  const updated = tidy(() => {
    const gradients = gradientsOf(parameters, batch, now);
    return parameters.map((parameter, i) => adam(parameter, gradients[i] as Tensor, now));
  });
  for (const [i, parameter] of parameters.entries()) {
    const { value, mean, variance } = updated[i] as Omit<Parameter, 'decays'>;
    for (const old of [parameter.value, parameter.mean, parameter.variance]) old.dispose();
    Object.assign(parameter, { value, mean, variance });
  }
}

/** Forwards and backwards through rectified layers; the gradient of the logistic loss is p − y. */
function gradientsOf(parameters: readonly Parameter[], batch: readonly TrainingRow[], now: Step): Tensor[] {
  const { inputs, targets, weights } = batchTensors(batch, now);
  const weightsOf = (l: number): Tensor2D => parameters[2 * l]?.value as Tensor2D;
  const layers = parameters.length / 2;
  const activations: Tensor2D[] = [inputs];
  const masks: Tensor2D[] = [];
  for (let l = 0; l < layers; l++) {
    const sum = add<Tensor2D>(
      matMul(activations[l] as Tensor2D, weightsOf(l)),
      parameters[2 * l + 1]?.value as Tensor1D,
    );
    if (l + 1 === layers) activations.push(sum);
    else {
      masks.push(mul<Tensor2D>(step(sum), dropoutMask(batch.length, sum.shape[1], now)));
      activations.push(mul<Tensor2D>(relu(sum), masks[l] as Tensor2D));
    }
  }
  const gradients: Tensor[] = [];
  let delta = mul<Tensor2D>(sub(sigmoid(activations[layers] as Tensor2D), targets), weights);
  for (let l = layers - 1; l >= 0; l--) {
    gradients.unshift(matMul(activations[l] as Tensor2D, delta, true, false), sum(delta, 0));
    if (l > 0) delta = mul<Tensor2D>(matMul(delta, weightsOf(l), false, true), masks[l - 1] as Tensor2D);
  }
  return gradients;
}

function batchTensors(batch: readonly TrainingRow[], { scaling, options, random }: Step) {
  const width = scaling.means.length;
  const outputs = batch[0]?.targets.length ?? 1;
  const inputs = new Float32Array(batch.length * width);
  const targets = new Float32Array(batch.length * outputs);
  const weights = new Float32Array(batch.length * outputs);
  for (const [i, row] of batch.entries()) {
    scaleInto(inputs, i * width, row.inputs, scaling);
    for (const [k, target] of row.targets.entries()) {
      targets[i * outputs + k] = target ?? 0;
      weights[i * outputs + k] = target === undefined ? 0 : row.weight / batch.length;
    }
  }
  if (options.inputNoise > 0)
    for (let j = 0; j < inputs.length; j++)
      inputs[j] = (inputs[j] as number) + options.inputNoise * random.normal();
  return {
    inputs: tensor2d(inputs, [batch.length, width]),
    targets: tensor2d(targets, [batch.length, outputs]),
    weights: tensor2d(weights, [batch.length, outputs]),
  };
}

function dropoutMask(rows: number, columns: number, { options, random }: Step): Tensor2D {
  const kept = 1 - options.dropout;
  const mask = Float32Array.from({ length: rows * columns }, () => (random.uniform() < kept ? 1 / kept : 0));
  return tensor2d(mask, [rows, columns]);
}

function adam(parameter: Parameter, gradient: Tensor, { options, rate, done }: Step) {
  const mean = add(mul(parameter.mean, BETA_1), mul(gradient, 1 - BETA_1));
  const variance = add(mul(parameter.variance, BETA_2), mul(square(gradient), 1 - BETA_2));
  const unbiasedMean = div(mean, 1 - BETA_1 ** done);
  const unbiasedVariance = div(variance, 1 - BETA_2 ** done);
  const move = div(unbiasedMean, add(sqrt(unbiasedVariance), EPSILON));
  const decay = parameter.decays ? 1 - rate * options.weightDecay : 1;
  return { value: sub(mul(parameter.value, decay), mul(move, rate)), mean, variance };
}

function layersOf(parameters: readonly Parameter[], sizes: readonly number[]): readonly Layer[] {
  const values = parameters.map(({ value, mean, variance }) => {
    const numbers = Float32Array.from(value.dataSync());
    for (const tensor of [value, mean, variance]) tensor.dispose();
    return numbers;
  });
  return sizes.slice(1).map((outputs, l) => ({
    inputs: sizes[l] as number,
    outputs,
    weights: values[2 * l] as Float32Array,
    biases: values[2 * l + 1] as Float32Array,
  }));
}
