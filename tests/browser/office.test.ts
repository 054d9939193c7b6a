import type { Browser, Page } from 'playwright-core';
import { pinOf, referenceOf } from '@wayside/pipeline/app/portal/pin';
import { recordEncounter } from '@wayside/pipeline/testing/case-evidence';
import { caseIdOf } from '@wayside/pipeline/testing/case-house';
import { plate } from '@wayside/pipeline/testing/case-walk';
import { plainPress } from '@wayside/pipeline/testing/office';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPage } from '../../dashboards/dev/built-page.ts';
import { openOffice } from '../cases/office.ts';
import { chromiumPath, launch } from './browser.ts';
import { faultsOf, LOOKS } from './faults.ts';
import { visit } from './visit.ts';

const chromium = chromiumPath();
const KEEPER = plate('keeper-');

/** Who looks, at what, and the words that show it is there. */
const PAGES = [
  ['the gate', 'nobody', '/cases', 'Who are you?'],
  ['cases', 'officer', '/cases', 'Cases'],
  ['a case', 'officer', '/cases/:id', 'What you can do'],
  ['the portal’s door', 'nobody', '/portal', 'PIN'],
  ['a case in the portal', 'keeper', '/portal/:id', '案卷号'],
] as const;

describe.skipIf(chromium === undefined)(
  `the pages of officers and of who is accused${chromium === undefined ? ' (skipped: no Chromium here)' : ''}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    let office: Awaited<ReturnType<typeof openOffice>>;
    let url: string;
    let id: string;
    const cookies = { nobody: '', officer: '', keeper: '' };

    /** One case, seen and confirmed, of which the keeper has a letter. */
    beforeAll(async () => {
      office = await openOffice('2026-03-02T02:00:05Z', plainPress, await builtPage());
      id = caseIdOf(await recordEncounter(office.database, KEEPER, '2026-03-02T02:00:00Z'));
      await office.pass('2026-03-02T02:01:00Z');
      for (const event of [
        { event: 'assign', reason: 'taken' },
        { event: 'confirm', reason: 'seen-in-evidence' },
      ])
        await office.ask('li', 'POST', `/api/cases/${id}/events`, event);
      await office.pass('2026-03-02T02:06:00Z');
      const { portalKey } = office.notices;
      const reference = referenceOf(portalKey, id, KEEPER);
      const login = { reference, pin: pinOf(portalKey, reference) };
      cookies.keeper = (await office.ask('a=b', 'POST', '/api/portal/session', login)).cookie;
      cookies.officer = (
        await office.ask('a=b', 'POST', '/api/officers/session', { token: 'li-token' })
      ).cookie;
      url = await office.listen();
      browser = await launch(chromium ?? '');
    }, 120_000);
    afterAll(async () => {
      await browser.close();
      await office.close();
    });

    async function show(page: Page, who: keyof typeof cookies, place: string): Promise<void> {
      const [name, value] = cookies[who].split('=');
      if (name && value) await page.context().addCookies([{ name, value, url }]);
      await page.goto(url + place.replace(':id', id));
    }

    for (const [name, who, place, sign] of PAGES)
      for (const [scheme, width] of LOOKS)
        it(`have no fault that axe knows, and no sideways scroll: ${name}, ${scheme}, ${width} wide`, async () => {
          const open = await visit(browser, `${url}/nowhere`, { scheme, width, still: true });
          try {
            await show(open.page, who, place);
            await open.page.getByText(sign).first().waitFor({ timeout: 30_000 });
            expect(await faultsOf(open.page)).toEqual([]);
          } finally {
            await open.close();
          }
        });
  },
);
