/** The evidence of one demo encounter: the paths as columns, the moments, the geometry and a seal that only looks like one. */
import type { Evidence, Infraction } from '@wayside/contracts/infraction';
import type { Finding, TrackSegment } from '@wayside/contracts/verdict';
import { headingOf, positionAt, STEP_MS, type Encounter, type Path } from './demo-encounters.ts';
import type { DemoSite } from './demo-sites.ts';
import { hashOf } from './random.ts';

export function evidenceOf(
  encounter: Encounter,
  demo: DemoSite,
  finding: Finding,
  infraction: Infraction,
): Evidence {
  const { startMs, steps, vehicle } = encounter;
  const fromMs = startMs + Math.max(0, steps.approach - 30) * STEP_MS;
  const toMs = startMs + (steps.exit + 35) * STEP_MS;
  const device = demo.site.devices[0] ?? 'cam';
  return {
    body: {
      schema: 'wayside.evidence.v1',
      infractionId: infraction.id,
      verdict: {
        kind: 'encounter',
        id: infraction.verdictId,
        outcome: finding.outcome,
        occurredAtMs: Date.parse(infraction.occurredAt),
        profile: infraction.profile,
        judge: '1.0.0',
        device,
        bootId: 'demo0001',
        findings: [finding],
        site: { id: demo.site.id, version: hashOf(demo.site.id.length) },
        geometry: 'lane-and-half',
        window: { fromMs, toMs },
        vehicle: {
          track: vehicle.track,
          kind: vehicle.kind,
          lengthMetres: vehicle.length,
          widthMetres: vehicle.width,
        },
        pedestrianTracks: encounter.pedestrians.map(({ track }) => track),
        moments: {
          approachMs: startMs + steps.approach * STEP_MS,
          entryMs: startMs + steps.entry * STEP_MS,
          exitMs: startMs + steps.exit * STEP_MS,
        },
      },
      finding,
      site: demo.site,
      clock: { state: 'synchronised', maxErrorMs: 12 },
      tracks: [vehicle, ...encounter.pedestrians].map((path) =>
        segmentOf(path, encounter, demo, fromMs, toMs),
      ),
      messages: Array.from({ length: 4 }, (_, i) => `${device}/demo0001/${(encounter.k % 100_000) + i}`),
    },
    seal: sealOf(encounter.k, encounter.siteIndex),
  };
}

export const sealOf = (k: number, partition: number): Evidence['seal'] => ({
  chain: `partition-${partition}`,
  position: (k % 10_000) + 1,
  bodySha256: hashOf(k),
  previousSha256: hashOf(k - 1),
  linkSha256: hashOf(k + 77),
  keyId: 'demo-key-2025',
  signature: `eyJhbGciOiJFZERTQSJ9.${hashOf(k)}.${hashOf(k + 5)}`,
});

function segmentOf(
  path: Path,
  encounter: Encounter,
  demo: DemoSite,
  fromMs: number,
  toMs: number,
): TrackSegment {
  const steps = path.along
    .map((_, i) => path.fromStep + i)
    .filter((step) => {
      const at = encounter.startMs + step * STEP_MS;
      return at >= fromMs && at <= toMs;
    });
  const first = steps[0] ?? 0;
  const points = steps.map((step) => positionAt(demo, path, step) ?? [0, 0]);
  const speed = points.map((p, i) => {
    const q = points[i + 1] ?? p;
    return Math.round((Math.hypot(q[0] - p[0], q[1] - p[1]) * 100_000) / STEP_MS);
  });
  if (speed.length > 1) speed[speed.length - 1] = speed[speed.length - 2] ?? 0;
  return {
    track: path.track,
    kind: path.kind,
    startMs: encounter.startMs + first * STEP_MS,
    dtMs: steps.map((step) => (step - first) * STEP_MS),
    xCm: points.map((p) => Math.round(p[0] * 100)),
    yCm: points.map((p) => Math.round(p[1] * 100)),
    speedCmps: speed,
    ...(path.kind !== 'pedestrian' && {
      headingMrad: steps.map(() => Math.round(headingOf(demo, path) * 1000)),
      lengthCm: Math.round(path.length * 100),
      widthCm: Math.round(path.width * 100),
    }),
  };
}
