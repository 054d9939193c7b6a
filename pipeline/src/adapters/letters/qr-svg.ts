/** A link as a QR code. */
import { create } from 'qrcode';

const QUIET_MODULES = 2;

export function qrSvg(link: string): string {
  const { modules } = create(link, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const bars: string[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (modules.get(y, x) === 1) bars.push(`M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z`);
  const whole = size + 2 * QUIET_MODULES;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" shape-rendering="crispEdges">` +
    `<rect width="${whole}" height="${whole}" fill="#ffffff"/><path d="${bars.join('')}" fill="#000000"/></svg>`
  );
}
