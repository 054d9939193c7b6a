import type { Counters } from '@wayside/contracts/http';
import { integer } from '../../format/numbers.ts';
import { Icon } from '../../parts/icon.tsx';
import { house } from '../../words.ts';
import classes from './house-page.module.css';
import { stagesOf, type Stage } from './stages.ts';

/** Four stages in a row; each shows its equation, and whether it holds. */
export function Flow({ counters }: { readonly counters: Counters }) {
  const stages = stagesOf(counters);
  const balanced = counters.balanced && stages.every(({ offBy }) => offBy === 0);
  return (
    <>
      <div
        className={`${classes['verdict']} ${balanced ? '' : (classes['bad'] ?? '')}`}
        data-balanced={balanced}
      >
        <Icon name={balanced ? 'check' : 'alert'} size={18} />
        <div>
          <strong>{balanced ? house.balanced : house.unbalanced}</strong>
          {balanced ? (
            <p>{house.balancedText}</p>
          ) : (
            <ul>
              {counters.faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className={classes['flow']}>
        {stages.map((stage) => (
          <StageBox key={stage.name} stage={stage} note={noteOf(stage, counters)} />
        ))}
      </div>
    </>
  );
}

function noteOf({ name, onTheWay }: Stage, { judge }: Counters): string | undefined {
  if (name === 'judge')
    return `${integer(judge.observations)} ${house.observations}, ${integer(judge.late)} ${house.late}`;
  if (onTheWay === undefined) return undefined;
  return onTheWay === 0 ? house.handOver.same : house.handOver.differs(integer(onTheWay));
}

function StageBox({ stage, note }: { readonly stage: Stage; readonly note: string | undefined }) {
  return (
    <section className={classes['stage']}>
      <header>
        <h2>{house.stages[stage.name]}</h2>
        <p>{house.stageText[stage.name]}</p>
      </header>
      <p className={classes['total']}>
        {integer(stage.total.count)} <small>{stage.total.name} =</small>
      </p>
      <div className={classes['bar']} aria-hidden="true">
        {stage.parts.map(({ name, count, role }) =>
          count > 0 ? <span key={name} className={classes[role]} style={{ flexGrow: count }} /> : null,
        )}
      </div>
      <dl className={classes['parts']}>
        {stage.parts.map(({ name, meaning, count, role }) => (
          <div key={name}>
            <dt>
              <i className={classes[role]} />
              <span>
                {name}
                <small>{meaning}</small>
              </span>
            </dt>
            <dd>{integer(count)}</dd>
          </div>
        ))}
      </dl>
      <p className={`${classes['sum']} ${stage.offBy === 0 ? '' : (classes['off'] ?? '')}`}>
        <Icon name={stage.offBy === 0 ? 'check' : 'alert'} size={15} />
        {stage.offBy === 0 ? house.equal : house.off(integer(Math.abs(stage.offBy)))}
        {note !== undefined && <span>{note}</span>}
      </p>
    </section>
  );
}
