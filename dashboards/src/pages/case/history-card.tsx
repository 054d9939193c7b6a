import type { CaseDetail } from '@wayside/contracts/http-cases';
import { dayTime } from '../../format/zone.ts';
import { Card } from '../../parts/card.tsx';
import { caseDetail, caseEvents, caseReasons } from '../../words.ts';
import classes from './case-page.module.css';

/** Every step: who, when, why, in whose words. */
export function HistoryCard({ detail: { transitions, evidence } }: { readonly detail: CaseDetail }) {
  return (
    <Card title={caseDetail.history}>
      <ol className={classes['steps']}>
        {transitions.map(({ position, event, at, actor, reason, note }) => (
          <li key={position}>
            <i aria-hidden="true" />
            <div>
              {caseEvents[event][1]}: {caseReasons[reason]}
              <small>
                {dayTime(at, evidence.timeZone)} · {caseDetail.by[actor.kind]}
                {actor.kind === 'officer' && ` ${actor.id}`}
              </small>
              {note !== null && <blockquote>{note}</blockquote>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
