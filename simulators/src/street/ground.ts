/** From a street's own frame (u, v) to the site's ground plane (x, y): a turn about the crosswalk's middle. */
export interface Ground {
  readonly x: (u: number, v: number) => number;
  readonly y: (u: number, v: number) => number;
  readonly rotationRadians: number;
}

export function groundOf(rotationRadians: number): Ground {
  const cos = Math.cos(rotationRadians);
  const sin = Math.sin(rotationRadians);
  return {
    x: (u, v) => u * cos - v * sin,
    y: (u, v) => u * sin + v * cos,
    rotationRadians,
  };
}
