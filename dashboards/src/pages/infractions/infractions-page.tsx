/** The infractions of the house, newest first, by site, rule and time; the filters stand in the address. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { filtersPath, hasFilters, readFilters, type Filters } from '../../api/filters.ts';
import { useInfractionPages } from '../../api/queries.ts';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useKeys } from '../../shell/use-keys.ts';
import { list } from '../../words.ts';
import { FilterBar } from './filter-bar.tsx';
import classes from './infractions-page.module.css';
import { InfractionTable } from './infraction-table.tsx';

export default function InfractionsPage() {
  const filters = readFilters(useSearch());
  const [, navigate] = useLocation();
  const pages = useInfractionPages(filters);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const setFilters = (next: Filters) => navigate(filtersPath('/infractions', next), { replace: true });
  return (
    <>
      <header className={classes['head']}>
        <h1>{list.title}</h1>
        {items.length > 0 && (
          <span className={classes['count']}>{list.shown(items.length, pages.hasNextPage)}</span>
        )}
        <Link href="/">{list.goLive}</Link>
      </header>
      <FilterBar filters={filters} onChange={setFilters} />
      <div className={classes['table']}>
        {pages.isPending && <Loading lines={12} height={28} />}
        {pages.error && items.length === 0 && <Failed error={pages.error} retry={pages.refetch} />}
        {pages.data && items.length === 0 && <Nothing filtered={hasFilters(filters)} />}
        {items.length > 0 && (
          <Walk>
            <InfractionTable items={items} filters={filters} />
            <p className={classes['more']}>
              {pages.hasNextPage ? (
                <Button
                  variant="default"
                  size="xs"
                  loading={pages.isFetchingNextPage}
                  onClick={() => void pages.fetchNextPage()}
                >
                  {list.more}
                </Button>
              ) : (
                list.end
              )}
            </p>
          </Walk>
        )}
      </div>
    </>
  );
}

const Nothing = ({ filtered }: { readonly filtered: boolean }) =>
  filtered ? (
    <Empty title={list.emptyTitle} text={list.emptyText} />
  ) : (
    <Empty icon="clock" title={list.noneTitle} />
  );

/** j and k walk the focus down and up the rows inside. */
function Walk({ children }: { readonly children: ReactNode }) {
  useKeys({ j: () => walk(1), k: () => walk(-1) });
  return <div>{children}</div>;
}

function walk(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rows.findIndex((row) => row === document.activeElement);
  const next = rows[here < 0 ? 0 : here + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
