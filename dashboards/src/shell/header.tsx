/** The top of every page: where one is, whether the house is heard, and the theme. */
import { ActionIcon, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { Icon, type IconName } from '../parts/icon.tsx';
import { nav, product, theme } from '../words.ts';
import classes from './header.module.css';
import { StatusPill } from './status.tsx';

const PAGES = [
  { href: '/', name: nav.live, icon: 'crosswalk' },
  { href: '/infractions', name: nav.infractions, icon: 'yield' },
  { href: '/cases', name: nav.cases, icon: 'scales' },
  { href: '/house', name: nav.house, icon: 'check' },
] as const satisfies readonly { href: string; name: string; icon: IconName }[];

export function Header({ onKeys }: { readonly onKeys: () => void }) {
  const [location] = useLocation();
  const isHere = (href: string) => (href === '/' ? location === '/' : location.startsWith(href));
  return (
    <header className={classes['header']}>
      <a href="#content" className={classes['skip']}>
        {nav.skip}
      </a>
      <Link href="/" className={classes['brand']}>
        <Mark />
        {product}
      </Link>
      <nav className={classes['nav']} aria-label={nav.label}>
        {PAGES.map(({ href, name, icon }) => (
          <Link key={href} href={href} aria-current={isHere(href) ? 'page' : undefined}>
            <Icon name={icon} />
            {name}
          </Link>
        ))}
      </nav>
      <div className={classes['tools']}>
        <StatusPill />
        <span className={classes['wide']}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={nav.keys}
            title={`${nav.keys} (?)`}
            onClick={onKeys}
          >
            <Icon name="keyboard" size={18} />
          </ActionIcon>
        </span>
        <ThemeToggle />
      </div>
    </header>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1d4f91" />
      <path d="M6 10h4v12H6zM12.7 10h4v12h-4zM19.3 10h4v12h-4z" fill="#fff" />
      <circle cx="26.2" cy="16" r="2.4" fill="#f2a33c" />
    </svg>
  );
}

const NEXT: Readonly<Record<MantineColorScheme, MantineColorScheme>> = {
  auto: 'light',
  light: 'dark',
  dark: 'auto',
};
const LABELS: Readonly<Record<MantineColorScheme, string>> = {
  auto: theme.system,
  light: theme.light,
  dark: theme.dark,
};
const ICONS: Readonly<Record<MantineColorScheme, IconName>> = { auto: 'screen', light: 'sun', dark: 'moon' };

function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={34}
      aria-label={LABELS[colorScheme]}
      title={LABELS[colorScheme]}
      onClick={() => setColorScheme(NEXT[colorScheme])}
    >
      <Icon name={ICONS[colorScheme]} size={18} />
    </ActionIcon>
  );
}
