import type { Evidence, Infraction } from '@wayside/contracts/infraction';
import type { LawProfile } from '@wayside/contracts/law-profile';
import { Card } from '../../parts/card.tsx';
import { detail, geometries, house, kinds, ruleName } from '../../words.ts';
import classes from './infraction-page.module.css';

/** Those that ask to whom the way was owed. */
const WAY_RULES: readonly string[] = ['fail-to-yield', 'overtake-at-crosswalk'];

/** Under which rule and wording of it, by which code, from which device. */
export function LawCard({
  infraction,
  evidence,
  law,
}: {
  readonly infraction: Infraction;
  readonly evidence: Evidence;
  readonly law: LawProfile | undefined;
}) {
  const { verdict } = evidence.body;
  return (
    <Card title={detail.law}>
      <dl className={classes['facts-list']}>
        <dt>{detail.ruleLabel}</dt>
        <dd>{ruleName(infraction.rule)}</dd>
        <dt>{detail.profile}</dt>
        <dd>
          {infraction.profile.id} · {infraction.profile.version}
          {law && (
            <small>
              {law.title}; {law.reviewedBy === null ? detail.unreviewed : detail.reviewed(law.reviewedBy)}
            </small>
          )}
        </dd>
        {verdict.kind === 'encounter' && WAY_RULES.includes(infraction.rule) && (
          <>
            <dt>{detail.owed}</dt>
            <dd>{geometries[verdict.geometry]}</dd>
          </>
        )}
        {verdict.kind === 'encounter' && (
          <>
            <dt>{detail.vehicle}</dt>
            <dd>
              {kinds[verdict.vehicle.kind]}, track {verdict.vehicle.track}
            </dd>
          </>
        )}
        <dt>{detail.judge}</dt>
        <dd>{verdict.judge}</dd>
        <dt>{detail.device}</dt>
        <dd>{verdict.device}</dd>
        <Clock evidence={evidence} />
        <Signal evidence={evidence} />
      </dl>
    </Card>
  );
}

function Clock({ evidence: { body } }: { readonly evidence: Evidence }) {
  if (!body.clock) return null;
  const state = house.clocks[body.clock.state];
  const { maxErrorMs } = body.clock;
  return (
    <>
      <dt>{detail.clock}</dt>
      <dd>{maxErrorMs === undefined ? state : detail.clockError(state, maxErrorMs)}</dd>
    </>
  );
}

/** What the vehicle's signal was, and who told. */
function Signal({ evidence: { body } }: { readonly evidence: Evidence }) {
  const { signal } = body;
  if (!signal) return null;
  const { clock, devices, group } = signal;
  return (
    <>
      <dt>{detail.signal}</dt>
      <dd>
        {detail.signalTold(group, devices.join(', '))}
        {clock?.maxErrorMs !== undefined && (
          <small>{detail.clockError(house.clocks[clock.state], clock.maxErrorMs)}</small>
        )}
      </dd>
    </>
  );
}
