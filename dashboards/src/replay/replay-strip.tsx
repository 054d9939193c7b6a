/** The time line under a replay: the vehicle's speed, who was at the crossing point when, and a handle to scrub with. */
import type { ReactNode } from 'react';
import { decimal } from '../format/numbers.ts';
import { exactTime } from '../format/zone.ts';
import { useEvidenceWords } from '../parts/evidence-words.ts';
import type { Conflict, Stay } from './conflict.ts';
import { momentMarks } from './moment-marks.ts';
import type { Scene } from './paint-replay.ts';
import type { Player, PlayerAction } from './player.ts';
import type { Recording, ReplayTrack } from './recording.ts';
import classes from './replay-strip.module.css';

interface Parts {
  readonly scene: Scene;
  readonly player: Player;
  readonly dispatch: (action: PlayerAction) => void;
  readonly yieldedMps: number | undefined;
  readonly zone: string;
}

export function ReplayStrip({ scene, player, dispatch, yieldedMps, zone }: Parts) {
  const words = useEvidenceWords();
  const { recording, conflict } = scene;
  const { startMs, endMs, vehicle } = recording;
  return (
    <div className={classes['strip']}>
      {vehicle && (
        <Row name={words.vehicleSpeed} recording={recording} atMs={player.atMs} tall>
          <SpeedCurve recording={recording} vehicle={vehicle} yieldedMps={yieldedMps} />
        </Row>
      )}
      {conflict && <Stays conflict={conflict} recording={recording} pet={scene.pet} atMs={player.atMs} />}
      <span />
      <input
        type="range"
        className={classes['range']}
        aria-label={words.position}
        aria-valuetext={exactTime(player.atMs, zone)}
        min={startMs}
        max={endMs}
        step="any"
        value={player.atMs}
        onChange={(event) => dispatch({ kind: 'seek', atMs: event.currentTarget.valueAsNumber })}
      />
    </div>
  );
}

/** Of the strip's width; what a number takes on a phone. */
const NUMBERS_APART = 0.06;

/** One line of the strip, with the key moments and the present moment across it. */
function Row({
  name,
  recording,
  atMs,
  tall,
  children,
}: {
  readonly name: string;
  readonly recording: Recording;
  readonly atMs: number;
  readonly tall?: boolean;
  readonly children: ReactNode;
}) {
  const { approachMs, entryMs, exitMs } = recording.moments;
  const moments = [approachMs, entryMs, exitMs];
  const places = moments.map((moment) => (moment === undefined ? undefined : share(recording, moment)));
  return (
    <>
      <span className={classes['label']}>{name}</span>
      <div className={`${classes['row']} ${tall ? (classes['speed'] ?? '') : ''}`}>
        {moments.map((moment, i) =>
          moment === undefined ? null : (
            <span key={i} className={classes['moment']} style={{ left: percent(recording, moment) }} />
          ),
        )}
        {tall &&
          momentMarks(places, NUMBERS_APART).map(({ at, label }) => (
            <b key={label} className={classes['number']} style={{ left: `${100 * at}%` }}>
              {label}
            </b>
          ))}
        {children}
        <span className={classes['head']} style={{ left: percent(recording, atMs) }} />
      </div>
    </>
  );
}

const share = ({ startMs, endMs }: Recording, atMs: number): number => (atMs - startMs) / (endMs - startMs);
const percent = (recording: Recording, atMs: number): string => `${100 * share(recording, atMs)}%`;

function SpeedCurve({
  recording,
  vehicle,
  yieldedMps,
}: {
  readonly recording: Recording;
  readonly vehicle: ReplayTrack;
  readonly yieldedMps: number | undefined;
}) {
  const words = useEvidenceWords();
  const top = 1.1 * Math.max(yieldedMps ?? 0, 1, ...vehicle.points.map(({ speedMps }) => speedMps));
  const points = vehicle.points.map(
    ({ atMs, speedMps }) => `${100 * share(recording, atMs)},${100 - (100 * speedMps) / top}`,
  );
  const [first, last] = [points[0]?.split(',')[0] ?? '0', points.at(-1)?.split(',')[0] ?? '0'];
  return (
    <div className={classes['plot']}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <polygon className={classes['area']} points={`${first},100 ${points.join(' ')} ${last},100`} />
        <polyline className={classes['curve']} points={points.join(' ')} />
      </svg>
      {yieldedMps !== undefined && (
        <span className={classes['threshold']} style={{ bottom: `${(100 * yieldedMps) / top}%` }}>
          <span>
            {words.yieldSpeed} &lt; {decimal(yieldedMps, 1)} m/s
          </span>
        </span>
      )}
    </div>
  );
}

/** The gap between the two bars is the post-encroachment time. */
function Stays({
  conflict,
  recording,
  pet,
  atMs,
}: {
  readonly conflict: Conflict;
  readonly recording: Recording;
  readonly pet: string | undefined;
  readonly atMs: number;
}) {
  const words = useEvidenceWords();
  const { vehicle, pedestrian } = conflict;
  const [first, second] = vehicle.fromMs <= pedestrian.fromMs ? [vehicle, pedestrian] : [pedestrian, vehicle];
  const gap = { fromMs: first.toMs, toMs: second.fromMs };
  const shown = pet !== undefined && gap.toMs > gap.fromMs ? pet : undefined;
  return (
    <>
      <Row name={words.vehicleThere} recording={recording} atMs={atMs}>
        <Bar stay={vehicle} recording={recording} className={classes['vehicle']} />
        {first === vehicle && shown !== undefined && <Gap gap={gap} recording={recording} pet={shown} />}
      </Row>
      <Row name={words.pedestrianThere} recording={recording} atMs={atMs}>
        <Bar stay={pedestrian} recording={recording} className={classes['pedestrian']} />
        {first === pedestrian && shown !== undefined && <Gap gap={gap} recording={recording} pet={shown} />}
      </Row>
    </>
  );
}

const place = (stay: Stay, recording: Recording) => ({
  left: percent(recording, stay.fromMs),
  width: `${100 * (share(recording, stay.toMs) - share(recording, stay.fromMs))}%`,
});

function Bar({
  stay,
  recording,
  className,
}: {
  readonly stay: Stay;
  readonly recording: Recording;
  readonly className: string | undefined;
}) {
  return <span className={`${classes['bar']} ${className ?? ''}`} style={place(stay, recording)} />;
}

function Gap({
  gap,
  recording,
  pet,
}: {
  readonly gap: Stay;
  readonly recording: Recording;
  readonly pet: string;
}) {
  return (
    <span className={classes['gap']} style={place(gap, recording)}>
      <span>{pet}</span>
    </span>
  );
}
