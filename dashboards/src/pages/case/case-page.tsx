/** One case, for officers: what it stands on, what was said, what happened, what may happen next. */
import type { CaseDetail } from '@wayside/contracts/http-cases';
import type { Officer } from '@wayside/contracts/officers';
import { Link } from 'wouter';
import { useCase } from '../../api/office.ts';
import { useLaw } from '../../api/queries.ts';
import { shortAccount } from '../../format/numbers.ts';
import { day, dayTime, exactTime, zoneName } from '../../format/zone.ts';
import { OriginBadge, RuleLabel } from '../../parts/badges.tsx';
import { CaseBadge } from '../../parts/case-badge.tsx';
import { useNamed } from '../../parts/site-name.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { EvidenceReplay } from '../../replay/evidence-replay.tsx';
import { caseDetail, caseReasons, points } from '../../words.ts';
import { ClockLeft } from '../cases/clock-left.tsx';
import { OfficerGate } from '../cases/officer-gate.tsx';
import layout from '../infraction/infraction-page.module.css';
import { MeasuresCard } from '../infraction/measures-card.tsx';
import { ActionsCard } from './actions-card.tsx';
import { FileCard } from './file-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { LettersCard } from './letters-card.tsx';
import classes from './case-page.module.css';

export default function CasePage({ id }: { readonly id: string }) {
  return (
    <OfficerGate>
      {(officer) => (
        <>
          <nav className={layout['bar']} aria-label={caseDetail.back}>
            <Link href="/cases">{caseDetail.back}</Link>
          </nav>
          <Asked id={id} officer={officer} />
        </>
      )}
    </OfficerGate>
  );
}

function Asked({ id, officer }: { readonly id: string; readonly officer: Officer }) {
  const { data, error, refetch } = useCase(id);
  if (data) return <Found detail={data} officer={officer} />;
  return error ? <Failed error={error} retry={refetch} /> : <Loading lines={8} height={36} />;
}

function Found(of: { readonly detail: CaseDetail; readonly officer: Officer }) {
  const { officer } = of;
  const detail = { ...of.detail, evidence: useNamed(of.detail.evidence) };
  const { infraction, evidence } = detail.evidence;
  const law = useLaw(infraction.profile);
  const { report } = evidence.body;
  return (
    <article>
      <Head detail={detail} officer={officer} />
      <div className={layout['grid']}>
        <div className={layout['replay']}>
          <EvidenceReplay found={detail.evidence} law={law} />
        </div>
        <div className={layout['side']}>
          <ActionsCard detail={detail} officer={officer} />
          {!report && <MeasuresCard rule={infraction.rule} measures={infraction.measures} road={law?.road} />}
          <LettersCard detail={detail} officer={officer} />
        </div>
        <div className={layout['pair']}>
          <FileCard detail={detail} />
          <HistoryCard detail={detail} />
        </div>
      </div>
    </article>
  );
}

function Head({ detail, officer }: { readonly detail: CaseDetail; readonly officer: Officer }) {
  const { infraction, siteName, timeZone } = detail.evidence;
  const { state, lapses, account, blockedBy } = detail.case;
  const at = infraction.occurredAt;
  return (
    <header className={layout['head']}>
      <div className={layout['titles']}>
        <h1>
          <RuleLabel rule={infraction.rule} />
        </h1>
        <CaseBadge state={state} />
        <OriginBadge origin={infraction.origin} />
      </div>
      <p className={layout['facts']}>
        {siteName} · {`${day(at, timeZone)}, ${exactTime(at, timeZone)} ${zoneName(at, timeZone)}`} ·{' '}
        {points(infraction.points)} · {caseDetail.account}{' '}
        {account === null ? (
          caseDetail.unidentified
        ) : (
          <Link href={`/accounts/${account}`}>{shortAccount(account)}</Link>
        )}
      </p>
      <p className={layout['lead']}>{infraction.explanation}</p>
      {lapses && (
        <p className={classes['clock']}>
          <ClockLeft at={lapses.at} zone={timeZone} />,{' '}
          {caseDetail.then(
            `${dayTime(lapses.at, timeZone)} ${zoneName(lapses.at, timeZone)}`,
            caseReasons[lapses.reason],
          )}
        </p>
      )}
      {blockedBy && <p className={classes['clock']}>{caseDetail.blockedBy(caseReasons[blockedBy])}</p>}
      <Holder detail={detail} officer={officer} />
    </header>
  );
}

function Holder({
  detail: { case: view, evidence },
  officer,
}: {
  readonly detail: CaseDetail;
  readonly officer: Officer;
}) {
  const { assigned } = view;
  if (!assigned) return null;
  const who = assigned.officer === officer.id ? officer.name : assigned.officer;
  return (
    <p className={classes['clock']}>{caseDetail.heldBy(who, dayTime(assigned.until, evidence.timeZone))}</p>
  );
}
