/** Stacked bars, drawn by uPlot: infractions below, then undecided (hatched), then clear. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { clockTime } from '../../format/zone.ts';
import type { MinuteSeries } from '../../live/minutes.ts';
import classes from './minute-chart.module.css';

export function MinuteChart({ series, zone }: { readonly series: MinuteSeries; readonly zone: string }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(series);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new uPlot(optionsOf(element, zone), stacked(latest.current), element);
    plot.current = made;
    const watch = new ResizeObserver(() => made.setSize(sizeOf(element)));
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [scheme, zone]);
  useEffect(() => {
    latest.current = series;
    plot.current?.setData(stacked(series));
  }, [series]);
  return <div ref={box} className={classes['box']} />;
}

const sizeOf = (element: HTMLElement) => ({
  width: Math.max(100, element.clientWidth),
  height: Math.max(80, element.clientHeight),
});

/** Each series reaches from the axis up to its sum with those below it; the tallest is drawn first, an empty one not at all. */
function stacked({ seconds, infraction, undecided, clear }: MinuteSeries): uPlot.AlignedData {
  const upTo = (...parts: readonly (readonly number[])[]) =>
    seconds.map((_, i) => (parts[0]?.[i] ? parts.reduce((sum, part) => sum + (part[i] ?? 0), 0) : null));
  return [[...seconds], upTo(clear, undecided, infraction), upTo(undecided, infraction), upTo(infraction)];
}

function optionsOf(element: HTMLElement, zone: string): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const font = `12px ${style.fontFamily}`;
  const paths = uPlot.paths.bars?.({ size: [0.72, 18], radius: 0.12 });
  const bar = (edge: string, fill: uPlot.Series.Fill = edge): uPlot.Series => ({
    fill,
    stroke: edge,
    width: 1,
    points: { show: false },
    ...(paths && { paths }),
  });
  const axis: uPlot.Axis = { stroke: colour('--text-3'), font, ticks: { show: false } };
  return {
    ...sizeOf(element),
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 22, 0, 0],
    scales: {
      x: { range: (_plot, from, to) => [from - 40, to + 40] },
      y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.08)] },
    },
    series: [
      {},
      bar(colour('--clear-mark')),
      bar(colour('--undecided-mark'), hatch(colour('--undecided-mark'), colour('--surface'))),
      bar(colour('--infraction-mark')),
    ],
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        space: 70,
        values: (_plot, splits) => splits.map((second) => clockTime(second * 1000, zone).slice(0, 5)),
      },
      {
        ...axis,
        grid: { stroke: colour('--line'), width: 1 },
        size: 38,
        space: 34,
        values: (_plot, splits) => splits.map((value) => (Number.isInteger(value) ? String(value) : '')),
      },
    ],
  };
}

/** Stripes, so that undecided is told from the others without its colour. */
function hatch(colour: string, ground: string): () => CanvasPattern | string {
  return () => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const ink = tile.getContext('2d');
    if (!ink) return colour;
    ink.fillStyle = ground;
    ink.fillRect(0, 0, 8, 8);
    ink.strokeStyle = colour;
    ink.lineWidth = 3.6;
    ink.beginPath();
    for (const shift of [-8, 0, 8]) {
      ink.moveTo(shift - 2, 10);
      ink.lineTo(shift + 10, -2);
    }
    ink.stroke();
    return ink.createPattern(tile, 'repeat') ?? colour;
  };
}
