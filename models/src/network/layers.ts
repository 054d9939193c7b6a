/** A small fully connected network: rectified layers, then one logit for each output. Plain numbers, no tensors. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Row by row, one row an input. */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Inputs are brought to mean 0 and deviation 1 and cut off at MOST_DEVIATIONS: a wild value must not outvote the rest. */
export interface Scaling {
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

export const MOST_DEVIATIONS = 4;

/** Several networks trained from other beginnings, whose logits are averaged. */
export interface Ensemble {
  readonly scaling: Scaling;
  readonly members: readonly (readonly Layer[])[];
}

export function scalingOf(rows: readonly Float32Array[]): Scaling {
  const width = rows[0]?.length ?? 0;
  const means = new Float32Array(width);
  const deviations = new Float32Array(width);
  for (let j = 0; j < width; j++) {
    let [sum, squares] = [0, 0];
    for (const row of rows) {
      const value = row[j] as number;
      sum += value;
      squares += value * value;
    }
    const mean = sum / rows.length;
    means[j] = mean;
    deviations[j] = Math.sqrt(Math.max(0, squares / rows.length - mean * mean)) || 1;
  }
  return { means, deviations };
}

/** Writes one row, scaled, at an offset of a batch. */
export function scaleInto(
  batch: Float32Array,
  offset: number,
  row: Float32Array,
  { means, deviations }: Scaling,
): void {
  for (let j = 0; j < row.length; j++) {
    const scaled = ((row[j] as number) - (means[j] as number)) / (deviations[j] as number);
    batch[offset + j] = Math.min(MOST_DEVIATIONS, Math.max(-MOST_DEVIATIONS, scaled));
  }
}
