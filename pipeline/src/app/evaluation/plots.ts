/** Plots as SVG inside the report: nothing to load, nothing to run. */
import type { ReliabilityBin } from '@wayside/models/metrics/metrics';
import type { Slice } from './measure.ts';

const SIZE = 320;
const MARGIN = 40;
const x = (share: number): number => Math.round(MARGIN + share * (SIZE - 2 * MARGIN));
const y = (share: number): number => Math.round(SIZE - MARGIN - share * (SIZE - 2 * MARGIN));

const svg = (body: string, width = SIZE, height = SIZE): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
  `font-family="sans-serif" font-size="11">${body}</svg>`;

const text = (left: number, top: number, words: string, anchor = 'middle'): string =>
  `<text x="${left}" y="${top}" text-anchor="${anchor}">${words}</text>`;

/** How often it was so where the model said so: on the diagonal a probability means what it says. */
export function reliabilityPlot(bins: readonly ReliabilityBin[]): string {
  const axes =
    `<path d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}" fill="none" stroke="#555"/>` +
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#bbb" stroke-dasharray="4"/>`;
  const labels =
    text(x(0.5), SIZE - 8, 'probability given') +
    [0, 0.5, 1]
      .map((at) => text(x(at), y(0) + 14, String(at)) + text(x(0) - 14, y(at) + 4, String(at)))
      .join('');
  const line = bins.map(
    ({ meanScore, shareTrue }, i) => `${i === 0 ? 'M' : 'L'}${x(meanScore)} ${y(shareTrue)}`,
  );
  const dots = bins.map(
    ({ meanScore, shareTrue, count }) =>
      `<circle cx="${x(meanScore)}" cy="${y(shareTrue)}" r="4" fill="#1864ab"><title>${count} encounters</title></circle>`,
  );
  return svg(
    `${axes}${labels}<path d="${line.join('')}" fill="none" stroke="#1864ab"/>${dots.join('')}` +
      text(x(0.5), 24, 'share that were infractions'),
  );
}

const BAR = 16;

/** Falsely held (of those held) and caught (of the guilty), severity by severity. */
export function sharesPlot(slices: readonly Slice[]): string {
  const bars = slices.flatMap(({ name, figures }, i) => {
    const top = 30 + i * (3 * BAR);
    const { falselyHeld, recallHeld, recallCaught } = figures.house;
    return [
      text(70, top + BAR, name, 'end'),
      bar(top, recallCaught.share, '#a5d8ff'),
      bar(top, recallHeld.share, '#1864ab'),
      bar(top + BAR, falselyHeld.share, '#c92a2a'),
    ];
  });
  const height = 50 + slices.length * 3 * BAR;
  const key = text(
    80,
    18,
    'blue: guilty held (dark) or reviewed (light); red: of those held, innocent',
    'start',
  );
  return svg(`${key}${bars.join('')}`, 480, height);
}

const bar = (top: number, share: number, colour: string): string =>
  `<rect x="80" y="${top}" width="${Math.round(380 * (share || 0))}" height="${BAR - 3}" fill="${colour}"/>`;
