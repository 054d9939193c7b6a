/** The recorded paths of one encounter, played on its crosswalk. */
import type { EvidenceBody } from '@wayside/contracts/infraction';
import type { SignalRecord } from '@wayside/contracts/signal-phases';
import type { Site } from '@wayside/contracts/site';
import { useMemo, useState } from 'react';
import { decimal, kmh, MISSING } from '../format/numbers.ts';
import { exactTime } from '../format/zone.ts';
import { Card } from '../parts/card.tsx';
import { Empty } from '../parts/states.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { groundOf } from '../street/ground.ts';
import { paintGround } from '../street/paint-ground.ts';
import { createLayer, useAnimatedCanvas } from '../street/use-canvas.ts';
import { fitView } from '../street/view.ts';
import { useEvidenceWords } from '../parts/evidence-words.ts';
import type { EvidenceWords } from '../words/evidence.ts';
import { conflictOf } from './conflict.ts';
import { paintReplay, type Scene } from './paint-replay.ts';
import type { PlayerAction } from './player.ts';
import { readRecording, type Recording } from './recording.ts';
import { signalAt } from './signal.ts';
import classes from './replay-card.module.css';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayStrip } from './replay-strip.tsx';
import { usePlayer } from './use-player.ts';

export function ReplayCard(of: {
  readonly body: EvidenceBody;
  readonly siteName: string;
  readonly zone: string;
  readonly yieldedMps: number | undefined;
}) {
  const words = useEvidenceWords();
  const recording = useMemo(() => readRecording(of.body), [of.body]);
  const { site } = of.body;
  if (!recording || !site)
    return (
      <Card title={words.replay}>
        <Empty icon="crosswalk" title={words.noReplay} text={words.noReplayText} />
      </Card>
    );
  return <Replay {...of} recording={recording} site={site} />;
}

function Replay(of: {
  readonly body: EvidenceBody;
  readonly recording: Recording;
  readonly site: Site;
  readonly siteName: string;
  readonly zone: string;
  readonly yieldedMps: number | undefined;
}) {
  const words = useEvidenceWords();
  const { recording, site, body } = of;
  const [player, dispatch] = usePlayer(recording);
  const scene = useMemo(() => sceneOf(recording, site, body, words), [recording, site, body, words]);
  useReplayKeys(recording, dispatch);
  return (
    <Card title={words.replay} hint={of.siteName} flush>
      <div className={classes['stage']}>
        <ReplayCanvas scene={scene} site={site} atMs={player.atMs} label={words.summary(of.siteName)} />
        <span className={`${classes['chip']} ${classes['legend']}`}>
          <span>
            <i />
            {words.flaggedVehicle}
          </span>
          {recording.decisive && (
            <span>
              <i className={classes['walker']} />
              {words.decisive}
            </span>
          )}
        </span>
        <span className={`${classes['chip']} ${classes['clock']}`} data-replay-clock={player.atMs}>
          {exactTime(player.atMs, of.zone)}
          <small>{speedNow(recording, player.atMs)}</small>
          {body.signal && <SignalNow record={body.signal} atMs={player.atMs} />}
        </span>
      </div>
      <ReplayStrip
        scene={scene}
        player={player}
        dispatch={dispatch}
        yieldedMps={body.finding.rule === 'fail-to-yield' ? of.yieldedMps : undefined}
        zone={of.zone}
      />
      <ReplayControls moments={recording.moments} player={player} dispatch={dispatch} />
    </Card>
  );
}

function SignalNow({ record, atMs }: { readonly record: SignalRecord; readonly atMs: number }) {
  const words = useEvidenceWords();
  const shown = signalAt(record, atMs);
  return (
    <small className={classes['signal']} data-signal={shown?.state ?? 'unknown'}>
      <i />
      {words.signals[shown?.state ?? 'unknown']}
      {shown && ` · ${decimal((atMs - shown.sinceMs) / 1000, 1)} s`}
    </small>
  );
}

function speedNow({ vehicle }: Recording, atMs: number): string {
  const point = vehicle?.points.findLast((candidate) => candidate.atMs <= atMs);
  return point ? `${decimal(point.speedMps, 1)} m/s · ${kmh(point.speedMps)}` : MISSING;
}

function sceneOf(recording: Recording, site: Site, body: EvidenceBody, words: EvidenceWords): Scene {
  const { petSeconds } = body.finding.measures;
  return {
    recording,
    ground: groundOf(site),
    conflict: conflictOf(recording),
    pet: petSeconds === undefined ? undefined : words.pet(decimal(petSeconds, 2)),
  };
}

function ReplayCanvas({
  scene,
  site,
  atMs,
  label,
}: {
  readonly scene: Scene;
  readonly site: Site;
  readonly atMs: number;
  readonly label: string;
}) {
  const [layer] = useState(createLayer);
  const canvas = useAnimatedCanvas((sheet) => {
    const view = fitView(scene.ground, sheet.widthPx, sheet.heightPx);
    layer(site.id, sheet, (ink) => paintGround(ink, scene.ground, view, sheet.palette));
    paintReplay(sheet.ink, scene, view, sheet.palette, atMs);
  });
  return <canvas ref={canvas} className={classes['canvas']} role="img" aria-label={label} />;
}

function useReplayKeys({ moments }: Recording, dispatch: (action: PlayerAction) => void): void {
  const jump = (atMs: number | undefined) =>
    atMs === undefined ? undefined : () => dispatch({ kind: 'seek', atMs });
  useKeys({
    Space: () => dispatch({ kind: 'toggle' }),
    ArrowLeft: () => dispatch({ kind: 'step', by: -1 }),
    ArrowRight: () => dispatch({ kind: 'step', by: 1 }),
    '1': jump(moments.approachMs),
    '2': jump(moments.entryMs),
    '3': jump(moments.exitMs),
  });
}
