import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { filtersPath, type Filters } from '../../api/filters.ts';
import { useInfractionPages } from '../../api/queries.ts';
import { Icon } from '../../parts/icon.tsx';
import { useKeys } from '../../shell/use-keys.ts';
import { detail } from '../../words.ts';

/** The infractions before and after this one in the list it was opened from. */
export function Neighbours({ id, filters }: { readonly id: string; readonly filters: Filters }) {
  const [, navigate] = useLocation();
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfractionPages(filters);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const here = items.findIndex((item) => item.id === id);
  const last = here >= 0 && here === items.length - 1;
  useEffect(() => {
    if (last && hasNextPage && !isFetching) void fetchNextPage();
  }, [last, hasNextPage, isFetching, fetchNextPage]);
  const go = (by: 1 | -1) => {
    const next = here < 0 ? undefined : items[here + by];
    return next && (() => navigate(filtersPath(`/infractions/${next.id}`, filters)));
  };
  const [newer, older] = [go(-1), go(1)];
  useKeys({ k: newer, j: older });
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        disabled={!newer}
        onClick={newer}
        leftSection={<Icon name="left" size={13} />}
        title="k"
      >
        {detail.newer}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        disabled={!older}
        onClick={older}
        rightSection={<Icon name="right" size={13} />}
        title="j"
      >
        {detail.older}
      </Button>
    </>
  );
}
