import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { InfractionPage } from '@wayside/contracts/http';
import { startDemo, type DemoServer } from '../../dashboards/dev/demo-server.ts';
import { chromiumPath, launch } from './browser.ts';
import { builtPage } from '../../dashboards/dev/built-page.ts';
import { visit, type Visit } from './visit.ts';

const chromium = chromiumPath();
/** The demo's time runs faster, so that nobody waits for the next infraction. */
const PACE = 4;
const SOON = { timeout: 20_000, interval: 100 };

describe.skipIf(chromium === undefined)(
  `the page in a browser${chromium === undefined ? ' (skipped: no Chromium here)' : ''}`,
  { timeout: 90_000 },
  () => {
    let browser: Browser;
    let demo: DemoServer;
    let open: Visit | undefined;

    beforeAll(async () => {
      const startMs = Date.now();
      const clock = () => startMs + PACE * (Date.now() - startMs);
      demo = await startDemo({ port: 0, clock, pages: await builtPage() });
      browser = await launch(chromium ?? '');
    }, 120_000);
    afterEach(async () => {
      await open?.close();
      open = undefined;
      Object.assign(demo.mood, { silent: false, failing: false, empty: false, faulty: false, locked: false });
    });
    afterAll(async () => {
      await browser.close();
      await demo.close();
    });

    const go = async (path: string, look?: Parameters<typeof visit>[2]): Promise<Page> => {
      open = await visit(browser, `${demo.url}${path}`, look);
      return open.page;
    };
    const infractions = async (rule: string) => {
      const answer = await fetch(`${demo.url}/api/infractions?limit=200&rule=${rule}`);
      return ((await answer.json()) as InfractionPage).items;
    };
    const newest = (page: Page) => page.locator('[data-feed] a').first().getAttribute('href');
    const clockOf = async (page: Page) =>
      Number(await page.locator('[data-replay-clock]').getAttribute('data-replay-clock'));

    it('shows infractions by themselves, each with where it comes from and its hold', async () => {
      const page = await go('/');
      await page.locator('[data-feed] a').first().waitFor();
      const before = await newest(page);
      await expect.poll(() => newest(page), SOON).not.toBe(before);
      await expect
        .poll(() => page.locator('[data-feed] a', { hasText: /Held · \d+/ }).count(), SOON)
        .toBeGreaterThan(0);
      const first = page.locator('[data-feed] a').first();
      await expect.poll(() => first.textContent(), SOON).toMatch(/Simulated|Recording/);
      expect(await page.locator('[data-pulse]').getAttribute('data-pulse')).toBe('live');
    });

    it('draws a street on which something moves, and another when another site is chosen', async () => {
      const page = await go('/');
      const canvas = page.locator('canvas[role=img]').first();
      await canvas.waitFor();
      const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
      await expect
        .poll(() => canvas.getAttribute('aria-label'), SOON)
        .toMatch(/Harbour Street.*[1-9]\d* vehicles/);
      const before = await picture();
      await expect.poll(picture, SOON).not.toBe(before);
      await page.getByLabel('Site').selectOption('school-lane');
      await expect
        .poll(() => page.locator('canvas[role=img]').first().getAttribute('aria-label'), SOON)
        .toMatch(/School Lane.*[1-9]/);
    });

    it('stands still while paused, counts what waits, and shows it when resumed', async () => {
      const page = await go('/');
      await page.locator('[data-feed] a').first().waitFor();
      await page.getByRole('button', { name: 'Pause list' }).click();
      const before = await newest(page);
      await expect.poll(() => page.getByText(/[1-9]\d* waiting/).count(), SOON).toBe(1);
      expect(await newest(page)).toBe(before);
      await page.keyboard.press('p');
      await expect.poll(() => newest(page), SOON).not.toBe(before);
      expect(await page.getByText(/waiting$/).count()).toBe(0);
    });

    it('says that it is stale, with its age, when the house falls silent, and recovers', async () => {
      const page = await go('/');
      const pill = page.locator('[data-pulse]');
      await expect.poll(() => pill.getAttribute('data-pulse'), SOON).toBe('live');
      demo.mood.silent = true;
      await expect.poll(() => pill.textContent(), SOON).toMatch(/Stale · \d+ s/);
      expect(await page.getByText(/Nothing heard from the house for/).count()).toBe(1);
      demo.mood.silent = false;
      await expect.poll(() => pill.getAttribute('data-pulse'), SOON).toBe('live');
    });

    it('replays an infraction: plays, pauses, steps, jumps to the key moments and scrubs', async () => {
      const [infraction] = await infractions('fail-to-yield');
      const page = await go(`/infractions/${infraction?.id ?? ''}`);
      await page.locator('[data-replay-clock]').waitFor();
      const start = await clockOf(page);
      await expect.poll(() => clockOf(page), SOON).toBeGreaterThan(start + 300);
      await page.keyboard.press('Space');
      await expect.poll(() => page.getByRole('button', { name: 'Play' }).count(), SOON).toBe(1);
      await page.keyboard.press('1');
      const approach = await clockOf(page);
      await page.keyboard.press('3');
      expect(await clockOf(page)).toBeGreaterThan(approach);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      const stepped = await clockOf(page);
      await page.keyboard.press('ArrowRight');
      expect((await clockOf(page)) - stepped).toBeCloseTo(80, 0);
      const box = await page.getByLabel('Position in the replay').boundingBox();
      if (!box) throw new Error('the scrubber is not on the page');
      await page.mouse.click(box.x + box.width - 12, box.y + box.height / 2);
      expect(await clockOf(page)).toBeGreaterThan(stepped + 500);
    });

    it('answers for the finding: measures beside thresholds, seal, account', async () => {
      const [infraction] = (await infractions('fail-to-yield')).filter(({ account }) => account !== null);
      const page = await go(`/infractions/${infraction?.id ?? ''}`);
      await page.getByText('below 2.0 s: went ahead', { exact: false }).waitFor();
      expect(await page.getByText('npx wayside verify').count()).toBe(1);
      await page.getByRole('link', { name: /Road account/ }).click();
      await page.getByRole('heading', { name: /^Account/ }).waitFor();
      await page
        .getByRole('link', { name: /^Infraction [0-9a-f]/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/infractions\//);
    });

    it('tells a seat dispute in the order of what happened', async () => {
      const [infraction] = await infractions('seat-refusal');
      const page = await go(`/infractions/${infraction?.id ?? ''}`);
      await page.getByText('Reservation checked').waitFor();
      const steps = await page.locator('article ol li').allTextContents();
      expect(steps.map((step) => /Reservation checked|Asked to leave|Refused/.exec(step)?.[0])).toEqual([
        'Reservation checked',
        'Asked to leave',
        'Refused',
      ]);
    });

    it('keeps its filters in the address and walks the list by j, k and Enter', async () => {
      const page = await go('/infractions');
      await page.locator('[data-row]').first().waitFor();
      await page.getByLabel('Rule').selectOption('stop-on-crosswalk');
      await expect.poll(() => new URL(page.url()).search, SOON).toBe('?rule=stop-on-crosswalk');
      await page.reload();
      await page.locator('[data-row]').first().waitFor();
      const rules = await page.locator('tbody tr').allTextContents();
      expect(rules.every((text) => text.includes('Stopped on the crosswalk'))).toBe(true);
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
      const second = await page.locator('[data-row]').nth(1).getAttribute('href');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.url(), SOON).toContain(second ?? 'no link');
      await page.getByRole('button', { name: 'Older' }).isEnabled();
      await page.keyboard.press('j');
      await expect.poll(() => page.url(), SOON).not.toContain(second ?? '');
      expect(new URL(page.url()).search).toBe('?rule=stop-on-crosswalk');
    });

    it('filters by exact times in the zone it names', async () => {
      const page = await go('/infractions?from=2001-01-01T00:00:00Z&to=2001-01-01T00:00:01Z');
      await page.getByText('Nothing fits these filters').waitFor();
      expect(await page.getByLabel('From').inputValue()).toMatch(/^2001-01-01T08:00(:00)?$/);
      expect(await page.getByText('Times in Asia/Shanghai (GMT+8)').count()).toBe(1);
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.locator('[data-row]').first().waitFor();
    });

    it('shows whether the books balance, and which equation does not hold', async () => {
      const page = await go('/house');
      await expect
        .poll(() => page.locator('[data-balanced]').getAttribute('data-balanced'), SOON)
        .toBe('true');
      demo.mood.faulty = true;
      await expect
        .poll(() => page.locator('[data-balanced]').getAttribute('data-balanced'), SOON)
        .toBe('false');
      expect(await page.getByText('off by 2').count()).toBe(1);
      await page.getByText('Not ready').waitFor();
    });

    it('says so where there is nothing, where something is missing, and where the house fails', async () => {
      demo.mood.empty = true;
      const page = await go('/');
      await page.getByText('No infractions yet').waitFor();
      await page.getByText('No site has reported yet').waitFor();
      await page.goto(`${demo.url}/infractions/00000000-0000-5000-8000-000000000000`);
      await page.getByText('There is nothing here').waitFor();
      demo.mood.failing = true;
      await page.goto(`${demo.url}/house`);
      await page.getByText('The database does not answer.').first().waitFor();
    });

    it('asks for the token of a house that has one', async () => {
      demo.mood.locked = true;
      const page = await go('/');
      await page.getByLabel('Token').fill('a-token-of-sixteen-signs');
      await page.getByRole('button', { name: 'Enter' }).click();
      await page.locator('[data-feed] a').first().waitFor();
    });

    it('asks nothing of anybody but the house, and keeps to a policy without inline scripts and styles', async () => {
      for (const path of [
        '/',
        '/infractions',
        '/house',
        `/infractions/${(await infractions('fail-to-yield'))[0]?.id ?? ''}`,
      ]) {
        await go(path);
        await open?.page.waitForTimeout(1_500);
        expect([path, open?.complaints, open?.strangers]).toEqual([path, [], []]);
        await open?.close();
      }
    });
  },
);
