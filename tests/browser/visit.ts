/** One look at the page: which demo, how wide, light or dark; it gathers what the page complained of and asked for. */
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** Addresses asked for that are not the house's own. */
  readonly strangers: readonly string[];
  readonly close: () => Promise<void>;
}

export async function visit(
  browser: Browser,
  url: string,
  look: { readonly width?: number; readonly scheme?: 'light' | 'dark'; readonly still?: boolean } = {},
): Promise<Visit> {
  const width = look.width ?? 1440;
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    colorScheme: look.scheme ?? 'light',
    reducedMotion: look.still ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) strangers.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, strangers, close: () => context.close() };
}
