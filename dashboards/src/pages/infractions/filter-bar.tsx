import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Filters } from '../../api/filters.ts';
import { hasFilters } from '../../api/filters.ts';
import { fromWallClock, readerZone, toWallClock, zoneName } from '../../format/zone.ts';
import { useNowMs } from '../../live/use-live.ts';
import { sharedZone, useSiteBook } from '../../parts/site-name.tsx';
import { list, ruleIds, rules } from '../../words.ts';
import classes from './infractions-page.module.css';

/** Exact times are given in the zone of the site chosen, or of all sites where they share one, else the reader's. */
export function FilterBar({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { all, zoneOf } = useSiteBook();
  const nowMs = useNowMs();
  const zone = filters.site === undefined ? (sharedZone(all) ?? readerZone()) : zoneOf(filters.site);
  const known = all.some(({ site }) => site.id === filters.site);
  const other = filters.site !== undefined && !known ? [{ value: filters.site, label: filters.site }] : [];
  const set = (name: keyof Filters, value: string | undefined) => onChange(withFilter(filters, name, value));
  return (
    <search className={classes['filters']} aria-label={list.filters}>
      <NativeSelect
        label={list.site}
        value={filters.site ?? ''}
        onChange={(event) => set('site', event.currentTarget.value)}
        data={[
          { value: '', label: list.any },
          ...all.map(({ site }) => ({ value: site.id, label: site.name })),
          ...other,
        ]}
      />
      <NativeSelect
        label={list.rule}
        value={filters.rule ?? ''}
        onChange={(event) => set('rule', event.currentTarget.value)}
        data={[
          { value: '', label: list.any },
          ...ruleIds.map((rule) => ({ value: rule, label: rules[rule] })),
        ]}
      />
      <Moment label={list.from} value={filters.from} zone={zone} onChange={(at) => set('from', at)} />
      <Moment label={list.to} value={filters.to} zone={zone} onChange={(at) => set('to', at)} />
      {hasFilters(filters) && (
        <Button variant="default" onClick={() => onChange({})}>
          {list.clear}
        </Button>
      )}
      <p className={classes['zone']}>{list.zone(`${zone} (${zoneName(nowMs, zone)})`)}</p>
    </search>
  );
}

function Moment({
  label,
  value,
  zone,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly zone: string;
  readonly onChange: (at: string | undefined) => void;
}) {
  return (
    <TextInput
      type="datetime-local"
      step={1}
      label={label}
      key={`${zone} ${value ?? ''}`}
      defaultValue={value === undefined ? '' : toWallClock(value, zone)}
      onBlur={(event) => {
        const at = fromWallClock(event.currentTarget.value, zone);
        if (at !== value) onChange(at);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

function withFilter(filters: Filters, name: keyof Filters, value: string | undefined): Filters {
  const others = Object.entries(filters).filter(([key]) => key !== name);
  const next = value === undefined || value === '' ? others : [...others, [name, value]];
  return Object.fromEntries(next) as Filters;
}
