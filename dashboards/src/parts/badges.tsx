/** Small marks that say a state in a sign, a word and a colour. */
import type { HoldState, Infraction } from '@wayside/contracts/infraction';
import type { Outcome } from '@wayside/contracts/verdict';
import { duration } from '../format/numbers.ts';
import { holds, origins, ruleName } from '../words.ts';
import classes from './badges.module.css';
import { Icon, type IconName } from './icon.tsx';

export function OriginBadge({ origin }: { readonly origin: Infraction['origin'] }) {
  const said = origins[origin];
  if (!said) return null;
  return (
    <span className={`${classes['badge']} ${classes['origin']}`} title={said.meaning}>
      <Icon name={origin === 'recording' ? 'recording' : 'simulated'} size={13} />
      {said.name}
    </span>
  );
}

const HOLD_ICONS: Readonly<Record<HoldState, IconName>> = {
  held: 'lock',
  pending: 'loop',
  unidentified: 'question',
  none: 'none',
  posted: 'check',
  released: 'back',
};

export function HoldBadge({ hold, holdMs }: { readonly hold: HoldState; readonly holdMs?: number | null }) {
  const said = holds[hold];
  const took = hold === 'held' && typeof holdMs === 'number' ? ` · ${duration(holdMs)}` : '';
  return (
    <span className={`${classes['badge']} ${classes[hold] ?? ''}`} title={said.meaning}>
      <Icon name={HOLD_ICONS[hold]} size={13} />
      {said.name}
      {took}
    </span>
  );
}

const RULE_ICONS: Readonly<Record<string, IconName>> = {
  'fail-to-yield': 'yield',
  'stop-on-crosswalk': 'crosswalk',
  'overtake-at-crosswalk': 'overtake',
  'red-light': 'light',
  speeding: 'speed',
  'seat-refusal': 'seat',
};

export function RuleLabel({ rule }: { readonly rule: string }) {
  return (
    <span className={classes['rule']}>
      <Icon name={RULE_ICONS[rule] ?? 'alert'} size={15} />
      {ruleName(rule)}
    </span>
  );
}

/** A shape for each outcome, so that colour is not the only sign. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  const fill = `var(--${outcome}-mark)`;
  return (
    <svg viewBox="0 0 10 10" className={classes['outcome']} aria-hidden="true">
      {outcome === 'infraction' && <path d="M5 0 10 5 5 10 0 5z" fill={fill} />}
      {outcome === 'clear' && <circle cx="5" cy="5" r="4.4" fill={fill} />}
      {outcome === 'undecided' && (
        <path d="M.8.8h8.4v8.4H.8zM1 6l5-5M3 9l6-6" fill="none" stroke={fill} strokeWidth="1.6" />
      )}
    </svg>
  );
}
