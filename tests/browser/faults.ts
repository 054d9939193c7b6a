/** What is wrong with a page as it stands, for who cannot see it well or has a small screen. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** For what still moves in when the words are there. */
const SETTLE_MS = 800;

export const LOOKS = [
  ['light', 1440],
  ['dark', 390],
] as const;

export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.waitForTimeout(SETTLE_MS);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  );
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return overflow > 0 ? [...faults, `sideways scroll of ${overflow} px`] : faults;
}
