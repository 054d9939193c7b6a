/**
 * From logits to probabilities that mean what they say (Platt 1999): one slope, which is a temperature, and one intercept
 * an output, fitted on streets that the network was not trained on.
 */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

export const UNCALIBRATED: Calibration = { slope: 1, intercept: 0 };

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** To the thousandth, so that the last bits of a backend do not show; never quite 0 or 1: no camera is that sure. */
export const calibrated = (logit: number, { slope, intercept }: Calibration): number =>
  Math.min(0.999, Math.max(0.001, Math.round(1000 * sigmoid(slope * logit + intercept)) / 1000));

const STEPS = 50;
/** Pulls the slope to 1 where there is little to fit it by. */
const PRIOR = 1;

/** Newton's method on the logistic loss. */
export function fitCalibration(
  samples: readonly { readonly logit: number; readonly positive: boolean }[],
): Calibration {
  let [slope, intercept] = [1, 0];
  for (let step = 0; step < STEPS; step++) {
    let [gs, gi, hss, hsi, hii] = [PRIOR * (1 - slope), -PRIOR * intercept * 0.01, PRIOR, 0, PRIOR * 0.01];
    for (const { logit, positive } of samples) {
      const p = sigmoid(slope * logit + intercept);
      const error = (positive ? 1 : 0) - p;
      const curve = p * (1 - p);
      gs += error * logit;
      gi += error;
      hss += curve * logit * logit;
      hsi += curve * logit;
      hii += curve;
    }
    const determinant = hss * hii - hsi * hsi;
    if (determinant <= 0) break;
    const ds = (gs * hii - gi * hsi) / determinant;
    const di = (gi * hss - gs * hsi) / determinant;
    slope = Math.max(0.05, slope + Math.min(0.5, Math.max(-0.5, ds)));
    intercept += Math.min(1, Math.max(-1, di));
    if (Math.abs(ds) + Math.abs(di) < 1e-9) break;
  }
  return { slope, intercept };
}
