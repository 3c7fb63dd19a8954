import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import { html } from './html.js';

const executablePath = process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is no browser to test in. */
const missing = !existsSync(executablePath);
if (missing)
  console.warn(`Skipped: no browser at ${executablePath}. Install Chromium, or name one in ASSAY_CHROMIUM.`);

/** Where pictures of the page are left, for people to look at. */
const screenshots =
  process.env.ASSAY_SCREENSHOTS ?? fileURLToPath(new URL('../../test-results', import.meta.url));

/** Tests of pages in Chromium, none of which may complain; skipped where there is no browser. */
export function describeInChromium(name: string, tests: (pages: Pages) => void): void {
  describe.skipIf(missing)(name, { timeout: 30_000 }, () => {
    const pages = new Pages();
    beforeAll(() => pages.launch(), 30_000);
    afterEach(() => {
      expect(pages.complaints).toEqual([]);
    });
    afterAll(() => pages.close());
    tests(pages);
  });
}

/** Reports opened in Chromium, one at a time, with an ear for what they complain about. */
export class Pages {
  /** What the page that was opened last wrote to its console, threw, or asked the network for. */
  complaints: string[] = [];
  #browser: Browser | undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'assay-html-'));

  async launch(): Promise<void> {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    this.#browser = await chromium.launch({ executablePath, args });
  }

  of(run: Run, options: BrowserContextOptions = {}, link = ''): Promise<Page> {
    return this.ofText(html(run), options, link);
  }

  async ofText(text: string, options: BrowserContextOptions = {}, link = ''): Promise<Page> {
    const file = join(this.#folder, 'report.html');
    writeFileSync(file, text);
    if (!this.#browser) throw new Error('The browser has not been launched.');
    const page = await (await this.#browser.newContext(options)).newPage();
    this.#listenTo(page);
    await page.goto(`${pathToFileURL(file)}${link}`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    rmSync(this.#folder, { recursive: true });
  }

  #listenTo(page: Page): void {
    const complaints: string[] = [];
    this.complaints = complaints;
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (!request.isNavigationRequest() && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
  }
}

/** Opens every card and every check. */
export async function openEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Expand all' }).click();
  await page.locator('.check .demands').last().waitFor();
}

/** What axe holds against the page, which must be opened with `bypassCSP`: rules, and the elements that break them. */
export async function barriers(page: Page): Promise<unknown> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))',
  );
}

/** Leaves a picture of the whole page behind. */
export async function photograph(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
}

/** Leaves the page as it is printed on A4 behind; gives the number of its sheets. */
export async function print(page: Page, name: string): Promise<number> {
  mkdirSync(screenshots, { recursive: true });
  const pdf = await page.pdf({ path: join(screenshots, `${name}.pdf`), format: 'A4' });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
