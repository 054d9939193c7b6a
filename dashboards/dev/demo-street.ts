/** What the demo's crossings look like from above at a moment. */
import type { LiveEvent } from '@wayside/contracts/http';
import { encounterOf, headingOf, PERIOD_MS, positionAt, STEP_MS, type Path } from './demo-encounters.ts';
import { DEMO_SITES, type DemoSite } from './demo-sites.ts';

type StreetEvent = Extract<LiveEvent, { kind: 'street' }>;

export function streetEvent(siteIndex: number, atMs: number): StreetEvent {
  const demo = DEMO_SITES[siteIndex];
  const now = Math.floor(atMs / PERIOD_MS);
  const objects = demo
    ? [now, now - 1, now - 2, now - 3].flatMap((k) => {
        const encounter = encounterOf(siteIndex, k);
        const step = (atMs - encounter.startMs) / STEP_MS;
        return [encounter.vehicle, ...encounter.pedestrians].flatMap((path) => seen(demo, path, step));
      })
    : [];
  return { kind: 'street', site: demo?.site.id ?? '', at: new Date(atMs).toISOString(), objects };
}

function seen(demo: DemoSite, path: Path, step: number): StreetEvent['objects'] {
  const at = positionAt(demo, path, step);
  if (!at) return [];
  const [xMetres, yMetres] = [Math.round(at[0] * 100) / 100, Math.round(at[1] * 100) / 100];
  const base = { track: path.track, kind: path.kind, xMetres, yMetres };
  if (path.kind === 'pedestrian') return [base];
  const headingRadians = headingOf(demo, path);
  return [{ ...base, headingRadians, lengthMetres: path.length, widthMetres: path.width }];
}
