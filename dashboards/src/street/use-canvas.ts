/** A canvas as large as its place on the page, in device pixels, with the palette of the present theme. */
import { useEffect, useRef, type RefObject } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { readPalette, type Palette } from './palette.ts';

export interface Sheet {
  readonly ink: CanvasRenderingContext2D;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly palette: Palette;
  readonly element: HTMLCanvasElement;
}

/** Draws at the display's rate while the page is looked at. `draw` may change between frames without a new start. */
export function useAnimatedCanvas(
  draw: (sheet: Sheet, elapsedMs: number) => void,
): RefObject<HTMLCanvasElement | null> {
  const element = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    latest.current = draw;
  }, [draw]);
  useEffect(() => {
    const canvas = element.current;
    const ink = canvas?.getContext('2d');
    if (!canvas || !ink) return;
    const palette = readPalette(canvas);
    let before = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      const { widthPx, heightPx } = fit(canvas, ink);
      if (widthPx > 0 && heightPx > 0)
        latest.current({ ink, widthPx, heightPx, palette, element: canvas }, Math.min(now - before, 250));
      before = now;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [scheme]);
  return element;
}

/** Gives the canvas as many device pixels as it covers. @returns its size in CSS pixels. */
function fit(canvas: HTMLCanvasElement, ink: CanvasRenderingContext2D) {
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  const [widthPx, heightPx] = [canvas.clientWidth, canvas.clientHeight];
  const [width, height] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  ink.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { widthPx, heightPx };
}

/** Remembers what does not change from frame to frame, such as the painted ground. */
export function createLayer(): (
  key: string,
  sheet: Sheet,
  paint: (ink: CanvasRenderingContext2D) => void,
) => void {
  const canvas = document.createElement('canvas');
  let painted = '';
  return (key, { ink, widthPx, heightPx, element, palette }, paint) => {
    const wanted = `${key}|${element.width}x${element.height}|${palette.asphalt}`;
    const layerInk = canvas.getContext('2d');
    if (!layerInk) return;
    if (painted !== wanted) {
      canvas.width = element.width;
      canvas.height = element.height;
      layerInk.setTransform(ink.getTransform());
      paint(layerInk);
      painted = wanted;
    }
    ink.drawImage(canvas, 0, 0, widthPx, heightPx);
  };
}
