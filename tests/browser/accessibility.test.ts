import type { InfractionPage } from '@wayside/contracts/http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type DemoServer } from '../../dashboards/dev/demo-server.ts';
import { chromiumPath, launch } from './browser.ts';
import { builtPage } from '../../dashboards/dev/built-page.ts';
import { faultsOf, LOOKS } from './faults.ts';
import { visit } from './visit.ts';

const chromium = chromiumPath();
/** Where a page is, and the words that show it is there. */
const PAGES = [
  ['live', '/', 'Infractions as they come'],
  ['list', '/infractions', 'newest 50 shown'],
  ['crossing', 'fail-to-yield', 'Why this was flagged'],
  ['seat', 'seat-refusal', 'Reservation checked'],
  ['account', 'account', 'Ledger'],
  ['house', '/house', 'Dead letters'],
  ['missing', '/nowhere', 'There is nothing here'],
] as const;

describe.skipIf(chromium === undefined)(
  `the page for everybody${chromium === undefined ? ' (skipped: no Chromium here)' : ''}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    let demo: DemoServer;

    beforeAll(async () => {
      demo = await startDemo({ port: 0, clock: Date.now, pages: await builtPage() });
      browser = await launch(chromium ?? '');
    }, 120_000);
    afterAll(async () => {
      await browser.close();
      await demo.close();
    });

    async function addressOf(place: string): Promise<string> {
      if (place.startsWith('/')) return place;
      const answer = await fetch(`${demo.url}/api/infractions?limit=500`);
      const { items } = (await answer.json()) as InfractionPage;
      if (place === 'account')
        return `/accounts/${items.find(({ account }) => account?.startsWith('road'))?.account ?? ''}`;
      return `/infractions/${items.find(({ rule }) => rule === place)?.id ?? ''}`;
    }

    for (const [name, place, sign] of PAGES)
      for (const [scheme, width] of LOOKS)
        it(`has no fault that axe knows, and no sideways scroll: ${name}, ${scheme}, ${width} wide`, async () => {
          const open = await visit(browser, demo.url + (await addressOf(place)), {
            scheme,
            width,
            still: true,
          });
          try {
            await open.page.getByText(sign).first().waitFor({ timeout: 30_000 });
            expect(await faultsOf(open.page)).toEqual([]);
          } finally {
            await open.close();
          }
        });
  },
);
