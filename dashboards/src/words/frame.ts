/** What is said around every page. */
export const product = 'Wayside';

export const nav = {
  label: 'Main',
  live: 'Live',
  infractions: 'Infractions',
  cases: 'Cases',
  house: 'House',
  skip: 'Skip to content',
  keys: 'Keyboard keys',
  close: 'Close',
} as const;

export const theme = {
  system: 'Theme: as the system',
  light: 'Theme: light',
  dark: 'Theme: dark',
} as const;

export const status = {
  connecting: 'Connecting',
  live: 'Live',
  stale: (age: string) => `Stale · ${age}`,
  liveMeaning: 'The house is heard.',
  staleNotice: (age: string) => `Nothing heard from the house for ${age}. What you see may be out of date.`,
  reconnecting: 'Trying to reach it again.',
  never: 'The house cannot be reached.',
} as const;

export const simulatedNotice =
  'Everything here is simulated: no real street, train or person. The records are marked one by one.';

export const failures = {
  title: 'This could not be loaded',
  unreachable: 'The house does not answer. It is asked again by itself.',
  missingTitle: 'There is nothing here',
  missing: 'It may have been removed, or the address is wrong.',
  retry: 'Try again',
  home: 'Go to the live page',
  crash: 'The page met a fault of its own',
  crashText: 'Reload it; what the house has recorded is not touched.',
} as const;

export const signIn = {
  title: 'This house asks for its token',
  text: 'It was printed when the house was started.',
  token: 'Token',
  enter: 'Enter',
  wrong: 'That is not the token.',
} as const;

export const keys = {
  title: 'Keyboard',
  everywhere: 'Everywhere',
  list: 'Lists and infractions',
  replay: 'Replay',
  rows: {
    live: 'Live page',
    infractions: 'Infractions',
    cases: 'Cases',
    house: 'House',
    help: 'This help',
    pause: 'Pause or resume the live list',
    next: 'Next (older)',
    previous: 'Previous (newer)',
    open: 'Open',
    play: 'Play or pause',
    step: 'One picture back or on',
    jump: 'Approach, entry, exit',
  },
} as const;
