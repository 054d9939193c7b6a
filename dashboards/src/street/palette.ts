/** The street's colours, read from the style sheet so that a picture follows the theme. */
const NAMES = {
  ground: '--street-ground',
  asphalt: '--street-asphalt',
  kerb: '--street-kerb',
  paint: '--street-paint',
  lane: '--street-lane',
  island: '--street-island',
  vehicle: '--street-vehicle',
  glass: '--street-vehicle-glass',
  cycle: '--street-cycle',
  pedestrian: '--street-pedestrian',
  outline: '--street-outline',
  label: '--street-label',
  labelGround: '--street-label-ground',
  flagged: '--infraction-mark',
  font: '--font',
} as const;

export type Palette = Readonly<Record<keyof typeof NAMES, string>>;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const entries = Object.entries(NAMES).map(([name, variable]) => [
    name,
    style.getPropertyValue(variable).trim(),
  ]);
  return Object.fromEntries(entries) as Palette;
}
