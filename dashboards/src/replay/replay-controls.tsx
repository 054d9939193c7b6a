import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import type { KeyMoments } from '@wayside/contracts/verdict';
import { Icon } from '../parts/icon.tsx';
import { useEvidenceWords } from '../parts/evidence-words.ts';
import { SPEEDS, type Player, type PlayerAction } from './player.ts';
import classes from './replay-card.module.css';

export function ReplayControls({
  moments,
  player,
  dispatch,
}: {
  readonly moments: KeyMoments;
  readonly player: Player;
  readonly dispatch: (action: PlayerAction) => void;
}) {
  const words = useEvidenceWords();
  return (
    <div className={classes['controls']}>
      <PlayButtons player={player} dispatch={dispatch} />
      <SegmentedControl
        size="xs"
        aria-label={words.speed}
        value={String(player.speed)}
        onChange={(speed) => dispatch({ kind: 'speed', speed: Number(speed) })}
        data={SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
      />
      <div className={`${classes['moments']} ${classes['push']}`}>
        <MomentButton n={1} name={words.moments.approach} atMs={moments.approachMs} dispatch={dispatch} />
        <MomentButton n={2} name={words.moments.entry} atMs={moments.entryMs} dispatch={dispatch} />
        <MomentButton n={3} name={words.moments.exit} atMs={moments.exitMs} dispatch={dispatch} />
      </div>
    </div>
  );
}

function PlayButtons({
  player,
  dispatch,
}: {
  readonly player: Player;
  readonly dispatch: (action: PlayerAction) => void;
}) {
  const words = useEvidenceWords();
  return (
    <>
      <ActionIcon
        size={32}
        aria-label={player.playing ? words.pause : words.play}
        onClick={() => dispatch({ kind: 'toggle' })}
      >
        <Icon name={player.playing ? 'pause' : 'play'} size={17} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={words.back}
        onClick={() => dispatch({ kind: 'step', by: -1 })}
      >
        <Icon name="back" size={17} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={words.forward}
        onClick={() => dispatch({ kind: 'step', by: 1 })}
      >
        <Icon name="forward" size={17} />
      </ActionIcon>
    </>
  );
}

function MomentButton({
  n,
  name,
  atMs,
  dispatch,
}: {
  readonly n: number;
  readonly name: string;
  readonly atMs: number | undefined;
  readonly dispatch: (action: PlayerAction) => void;
}) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={atMs === undefined}
      leftSection={<span className={classes['number']}>{n}</span>}
      onClick={() => atMs !== undefined && dispatch({ kind: 'seek', atMs })}
    >
      {name}
    </Button>
  );
}
