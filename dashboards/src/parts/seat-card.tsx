/** A conductor's report in the order of what happened: reservation checked, asked, answered. */
import type { ConductorReport } from '@wayside/contracts/conductor-report';
import { age } from '../format/numbers.ts';
import { clockTime } from '../format/zone.ts';
import { Card } from './card.tsx';
import { Icon, type IconName } from './icon.tsx';
import type { EvidenceWords } from '../words/evidence.ts';
import { useEvidenceWords } from './evidence-words.ts';
import classes from './seat-card.module.css';

interface Step {
  readonly atMs: number;
  readonly what: string;
  readonly more: string | undefined;
  readonly icon: IconName;
  readonly refused: boolean;
}

export function SeatCard({ report, zone }: { readonly report: ConductorReport; readonly zone: string }) {
  const { seat, section, note } = report;
  const words = useEvidenceWords();
  const steps = stepsOf(report, words);
  return (
    <Card title={words.dispute} flush>
      <div className={classes['seat']}>
        <strong>{words.seat(seat.coach, seat.place)}</strong>
        <span>{words.train(seat.train, seat.serviceDate)}</span>
        <span>{words.section(section.from, section.to)}</span>
      </div>
      <ol className={classes['steps']}>
        {steps.map((step, i) => (
          <li key={i} className={classes['step']}>
            <time dateTime={new Date(step.atMs).toISOString()}>{clockTime(step.atMs, zone)}</time>
            <span className={`${classes['sign']} ${step.refused ? (classes['refused'] ?? '') : ''}`}>
              <Icon name={step.icon} size={13} />
            </span>
            <div>
              <p className={classes['what']}>
                {step.what}
                {i > 0 && <small>{words.later(age(step.atMs - (steps[i - 1]?.atMs ?? step.atMs)))}</small>}
              </p>
              {step.more !== undefined && <p className={classes['more']}>{step.more}</p>}
            </div>
          </li>
        ))}
      </ol>
      {note !== undefined && (
        <p className={classes['note']}>
          <b>{words.note}:</b> {note}
        </p>
      )}
    </Card>
  );
}

function stepsOf(report: ConductorReport, words: EvidenceWords): readonly Step[] {
  const checks = report.reservations.map(({ checkedAtMs, source, section }): Step => ({
    atMs: checkedAtMs,
    what: words.checked,
    more: words.checkedText(words.sources[source], words.section(section.from, section.to)),
    icon: 'check',
    refused: false,
  }));
  const { askedAtMs, answeredAtMs, answer } = report;
  const asked: readonly Step[] =
    askedAtMs === null
      ? []
      : [{ atMs: askedAtMs, what: words.asked, more: undefined, icon: 'seat', refused: false }];
  const refused = answer === 'refused';
  const answered: readonly Step[] =
    answeredAtMs === null
      ? []
      : [
          {
            atMs: answeredAtMs,
            what: words.answers[answer],
            more: undefined,
            icon: refused ? 'alert' : 'check',
            refused,
          },
        ];
  return [...checks, ...asked, ...answered].sort((a, b) => a.atMs - b.atMs);
}
