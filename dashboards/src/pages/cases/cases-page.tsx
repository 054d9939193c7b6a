/** The queue of an office: what waits for this officer, the first to lapse first. */
import { Button, SegmentedControl } from '@mantine/core';
import type { CaseView } from '@wayside/contracts/case';
import type { Officer } from '@wayside/contracts/officers';
import { Link, useLocation, useSearch } from 'wouter';
import { useCases, type CaseTab } from '../../api/office.ts';
import { MISSING, shortAccount } from '../../format/numbers.ts';
import { RuleLabel } from '../../parts/badges.tsx';
import { CaseBadge } from '../../parts/case-badge.tsx';
import { useSiteBook } from '../../parts/site-name.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { caseDetail, cases, points } from '../../words.ts';
import classes from './cases-page.module.css';
import { ClockLeft } from './clock-left.tsx';
import { OfficerGate } from './officer-gate.tsx';

const TABS = Object.keys(cases.tabs) as readonly CaseTab[];

export default function CasesPage() {
  return <OfficerGate>{(officer) => <Queue officer={officer} />}</OfficerGate>;
}

/** What an officer's first role waits for. */
function usualTab({ roles }: Officer): CaseTab {
  if (roles.includes('reviewer')) return 'review';
  return roles.includes('adjudicator') ? 'appeal' : 'all';
}

function Queue({ officer }: { readonly officer: Officer }) {
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('show');
  const tab = TABS.find((name) => name === asked) ?? usualTab(officer);
  const pages = useCases(tab);
  const total = pages.data?.pages[0]?.total;
  return (
    <>
      <header className={classes['head']}>
        <h1>{cases.title}</h1>
        {total !== undefined && <span className={classes['count']}>{cases.total(total)}</span>}
        <SegmentedControl
          value={tab}
          onChange={(show) => navigate(`/cases?show=${show}`, { replace: true })}
          data={TABS.map((value) => ({ value, label: cases.tabs[value] }))}
        />
      </header>
      <Found pages={pages} officer={officer} />
    </>
  );
}

function Found({
  pages,
  officer,
}: {
  readonly pages: ReturnType<typeof useCases>;
  readonly officer: Officer;
}) {
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes['table']}>
      {pages.isPending && <Loading lines={10} height={28} />}
      {pages.error && items.length === 0 && <Failed error={pages.error} retry={pages.refetch} />}
      {pages.data && items.length === 0 && (
        <Empty icon="check" title={cases.noneTitle} text={cases.noneText} />
      )}
      {items.length > 0 && <CaseTable items={items} officer={officer} />}
      {pages.hasNextPage && (
        <p className={classes['more']}>
          <Button variant="default" size="xs" onClick={() => void pages.fetchNextPage()}>
            {cases.more}
          </Button>
        </p>
      )}
    </div>
  );
}

function CaseTable({ items, officer }: { readonly items: readonly CaseView[]; readonly officer: Officer }) {
  const { nameOf, zoneOf } = useSiteBook();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{cases.what}</th>
          <th scope="col">{cases.where}</th>
          <th scope="col">{cases.state}</th>
          <th scope="col">{cases.until}</th>
          <th scope="col">{cases.hands}</th>
          <th scope="col" className={classes['points']}>
            {cases.points}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td className={classes['what']}>
              <Link href={`/cases/${item.id}`} data-row>
                <RuleLabel rule={item.rule} />
              </Link>
              <small>{item.account === null ? caseDetail.unidentified : shortAccount(item.account)}</small>
            </td>
            <td className={classes['where']}>{nameOf(item.site)}</td>
            <td className={classes['state']}>
              <CaseBadge state={item.state} />
            </td>
            <td className={classes['until']}>
              {item.lapses ? <ClockLeft at={item.lapses.at} zone={zoneOf(item.site)} /> : cases.noClock}
            </td>
            <td className={classes['hands']}>{handsOf(item, officer)}</td>
            <td className={classes['points']}>{item.points > 0 ? points(item.points) : MISSING}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function handsOf({ assigned }: CaseView, { id }: Officer): string {
  if (!assigned || Date.parse(assigned.until) <= Date.now()) return cases.nobody;
  return assigned.officer === id ? cases.you : assigned.officer;
}
