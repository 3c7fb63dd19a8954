import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium';

/** From opening a report in Chromium to its first card, in milliseconds; the browser has been started before. */
export async function openingMs(report: string): Promise<number> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    const start = performance.now();
    await page.goto(pathToFileURL(report).href);
    await page.locator('.model').first().waitFor();
    return performance.now() - start;
  } finally {
    await browser.close();
  }
}
