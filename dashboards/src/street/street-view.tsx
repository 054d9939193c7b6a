/** A site from above, as it is now (a little behind, so that everything moves evenly). */
import { useMemo, useState } from 'react';
import type { Site } from '@wayside/contracts/site';
import { useLiveStore } from '../live/use-live.ts';
import type { Street } from '../live/street-hub.ts';
import { groundOf, type Ground } from './ground.ts';
import { paintAlarm, paintGround } from './paint-ground.ts';
import { paintLabel, paintObject, paintTrail } from './paint-objects.ts';
import { advance, playheadMs } from './playout.ts';
import { sceneAt, trailOf, type SceneObject } from './scene.ts';
import { createLayer, useAnimatedCanvas, type Sheet } from './use-canvas.ts';
import { fitView, isInside, type View } from './view.ts';
import { ruleName } from '../words.ts';

const ALERT_MS = 7_000;
const TRAIL_MS = 2_200;

export function StreetView({
  site,
  label,
  className,
}: {
  readonly site: Site;
  readonly label: string;
  readonly className?: string | undefined;
}) {
  const { street: hub } = useLiveStore();
  const ground = useMemo(() => groundOf(site), [site]);
  const [layer] = useState(createLayer);
  const canvas = useAnimatedCanvas((sheet, elapsedMs) => {
    const view = fitView(ground, sheet.widthPx, sheet.heightPx);
    layer(site.id, sheet, (ink) => paintGround(ink, ground, view, sheet.palette));
    const street = hub.street(site.id);
    if (street) paintStreet(sheet, view, ground, street, elapsedMs);
  });
  return <canvas ref={canvas} className={className} role="img" aria-label={label} />;
}

function paintStreet(sheet: Sheet, view: View, ground: Ground, street: Street, elapsedMs: number): void {
  const nowMs = Date.now();
  street.playout = advance(street.playout, elapsedMs);
  const atMs = playheadMs(street.playout, nowMs);
  if (atMs === undefined) return;
  const { ink, palette } = sheet;
  const scene = sceneAt(street.snapshots, atMs);
  const alerts = street.alerts.filter(({ wallMs }) => nowMs - wallMs < ALERT_MS);
  const flagged = new Map(alerts.map((alert) => [alert.vehicleKey, alert.infraction]));
  const decisive = new Set(alerts.flatMap(({ pedestrianKeys }) => pedestrianKeys.slice(0, 1)));
  const newest = alerts.at(-1);
  if (newest) paintAlarm(ink, ground, view, palette, 1 - (nowMs - newest.wallMs) / ALERT_MS);
  for (const object of scene) {
    const trail = trailOf(street.snapshots, object, atMs, TRAIL_MS);
    paintTrail(ink, trail, view, trailStyle(object, flagged.has(object.key), palette));
  }
  for (const object of inPaintOrder(scene)) {
    const infraction = flagged.get(object.key);
    const role = infraction ? 'flagged' : decisive.has(object.key) ? 'decisive' : 'plain';
    paintObject(ink, object, { palette, view, role });
    if (!infraction || !isInside(view, [object.x, object.y])) continue;
    const risePx = (object.width / 2) * view.pxPerMetre + 14;
    paintLabel(ink, ruleName(infraction.rule), [object.x, object.y], { palette, view, risePx });
  }
}

const trailStyle = (object: SceneObject, flagged: boolean, palette: Sheet['palette']) => {
  const walks = object.kind === 'pedestrian';
  const colour = flagged ? palette.flagged : walks ? palette.pedestrian : palette.vehicle;
  return { colour, widthPx: walks ? 3 : 5, alpha: object.alpha * (flagged ? 0.75 : 0.45) };
};

/** Pedestrians last, so that none is hidden under a vehicle's picture. */
const inPaintOrder = (scene: readonly SceneObject[]): readonly SceneObject[] =>
  [...scene].sort((a, b) => Number(a.kind === 'pedestrian') - Number(b.kind === 'pedestrian'));
