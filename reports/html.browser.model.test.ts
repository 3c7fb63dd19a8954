import { expect, test } from 'vitest';
import { largeRun, runOfNamesakes, runOfText } from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { html } from './html.js';
import { barriers, describeInChromium, openEverything, photograph } from './pages.test.support.js';

describeInChromium('report.html in Chromium', (pages) => {
  test('shows the verdict first, the worst model open', async () => {
    const page = await pages.of(variedRun());
    expect(await page.locator('h1').textContent()).toBe('Does not conform');
    expect(await page.locator('.model[open] h2').first().textContent()).toBe('tiny-features-truncated');
  });

  test('filters by verdict and by text', async () => {
    const page = await pages.of(variedRun());
    await page.getByRole('button', { name: 'could not decide' }).click();
    expect(await page.locator('.check:visible h3').allTextContents()).toEqual([
      'output/finite',
      'input/any-batch-size',
    ]);
    await page.getByLabel('Filter by text').fill('SIGSEGV');
    await page.getByText('1 check in 1 model').waitFor();
    expect(await page.locator('.check:visible h3').allTextContents()).toEqual(['input/any-batch-size']);
  });

  test('says when nothing is left, and shows the first of what is', async () => {
    const page = await pages.of(variedRun(), { viewport: { width: 1000, height: 500 } });
    await openEverything(page);
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    await page.getByLabel('Filter by text').fill('truncated');
    await page.getByText(/checks in 1 model$/).waitFor();
    expect((await page.locator('h2:visible').first().boundingBox())?.y).toBeGreaterThan(0);
    await page.getByLabel('Filter by text').fill('no such words');
    await page.getByText('Nothing matches the filters').waitFor();
  });

  test('opens a finding: expected, actual, the image, a command to copy', async () => {
    const page = await pages.of(variedRun(), { permissions: ['clipboard-read', 'clipboard-write'] });
    const check = page.locator('.check[open][data-check="input/every-size"]');
    expect(await check.locator('.expected pre').textContent()).toContain('a tensor for every height');
    expect(await check.locator('.actual pre').textContent()).toContain('InvalidArgumentError');
    expect(await check.locator('canvas').getAttribute('aria-label')).toBe('Image 1: noise, 33×32');
    expect(await check.locator('.shown').textContent()).toContain(
      'cases/tiny-features-truncated-input-every-size.npy',
    );
    await check.getByText('every size tried but 32×32 fails: 5 of 5', { exact: true }).waitFor();
    expect(await check.locator('.prose').allTextContents()).toEqual([
      'Users resize images to whatever the documentation allows.',
      'Trace with None for height and width, and pool before the last layer.',
    ]);
    expect(await check.locator('.drawing:not(.key) .declared').count()).toBe(1);
    await check.getByRole('button', { name: 'Copy the command' }).click();
    await check.getByText('Copied').waitFor();
    const replay = 'assay replay run.json --model tiny-features-truncated --check input/every-size';
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(replay);
  });

  test('shows the mistakes of a spec as the terminal does, in a closed card the first', async () => {
    const page = await pages.of(variedRun(), {}, '#unreadable');
    const card = page.locator('.model', { hasText: 'unreadable' });
    expect(await card.locator('.problem').textContent()).toContain('= help: did you mean `num_classes`?');
    expect(await card.locator('.first').textContent()).toContain('unknown key `num_clases`');
  });

  test('draws the pixels that the model was given', async () => {
    const page = await pages.of(variedRun());
    await page.locator('[data-check="input/every-size"] canvas').waitFor();
    const first = await page
      .locator('[data-check="input/every-size"] canvas')
      .evaluate((canvas: HTMLCanvasElement) => [
        ...(canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? []),
      ]);
    expect(first).toEqual([...(await firstPixel()), 255]);
  });

  test('follows a link to a check of a model that is closed', async () => {
    const page = await pages.of(variedRun(), {}, '#tiny-classifier/inference/deterministic');
    const check = page.locator('.check[open][data-check="inference/deterministic"]');
    await check.locator('.drawing').waitFor();
    expect(await page.evaluate('document.activeElement.closest(".check").open')).toBe(true);
    await check.getByRole('link', { name: 'Link to this check' }).click();
    expect(page.url()).toContain('#tiny-classifier/inference/deterministic');
  });

  test('follows a link to the second of two models with the same name', async () => {
    const page = await pages.of(runOfNamesakes(), {}, '#b%2Ftwin.yaml/output/shape');
    const check = page.locator('.model:nth-child(2) .check[open][data-check="output/shape"]');
    await check.getByRole('link', { name: 'Link to this check' }).click();
    expect(page.url()).toContain('#b%2Ftwin.yaml/output/shape');
  });

  test('clips a name that would fill the page, and keeps it at hand', async () => {
    const name = 'n'.repeat(100_000);
    const page = await pages.of(runOfText(name));
    const heading = page.locator('h2');
    expect((await heading.boundingBox())?.height).toBeLessThan(80);
    expect(await heading.getAttribute('title')).toBe(name);
  });

  test.each(['#', '#%', '#nobody/nothing', '#tiny-classifier/no/such'])(
    'takes the link %s in its stride',
    async (link) => {
      const page = await pages.of(variedRun(), {}, link);
      expect(await page.locator('.model').count()).toBe(5);
    },
  );

  test('shows hostile names as text', async () => {
    const page = await pages.of(variedRun());
    await openEverything(page);
    expect(await page.locator('h2').allTextContents()).toContain(
      '<img src=x onerror=alert(1)> \\u001b[31mred\\u0007 \\u202egnp \\ud800 \\ufffe ]]>',
    );
    expect(await page.locator('img, b, h4 svg, main script').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)(
    'is easy on every reader: axe finds nothing in %s',
    async (colorScheme) => {
      const page = await pages.of(variedRun(), { colorScheme, bypassCSP: true });
      await openEverything(page);
      await photograph(page, `report-${colorScheme}`);
      expect(await barriers(page)).toEqual([]);
    },
  );

  test('fits a phone without scrolling sideways', async () => {
    const page = await pages.of(variedRun(), { viewport: { width: 360, height: 740 } });
    await photograph(page, 'report-phone-first-screen', false);
    await openEverything(page);
    await photograph(page, 'report-phone');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('opens findings on paper', async () => {
    const page = await pages.of(variedRun(), { viewport: { width: 720, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.finding').count()).toBe(5);
    expect(await page.locator('.toolbar, .copy').filter({ visible: true }).count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(720);
    await photograph(page, 'report-paper');
  });

  test('works from the keyboard', async () => {
    const page = await pages.of(conformingRun());
    await page.locator('.check > summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.check[open] .demands').textContent()).toContain(
      'MUST have the declared endpoint',
    );
  });

  test('shows the verdicts without scripts', async () => {
    const page = await pages.of(variedRun(), { javaScriptEnabled: false });
    expect(await page.locator('noscript tbody tr').count()).toBe(5);
  });

  test('stays quick and small with a thousand models of fifty checks', { timeout: 120_000 }, async () => {
    const large = html(largeRun(1000, 50));
    expect(large.length).toBeLessThan(25_000_000);
    const page = await pages.ofText(large);
    const paintMs = await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0].startTime",
    );
    expect(paintMs).toBeLessThan(3000);
    await page.getByLabel('Filter by text').fill('model-999');
    await page.getByText('50 checks in 1 model').waitFor({ timeout: 3000 });
  });
});

/** What harness/images paints first for the batch of the finding, as bytes. */
async function firstPixel(): Promise<number[]> {
  const { pixelsOf } = await import('../harness/images/pixels.js');
  const pixels = pixelsOf({ count: 1, height: 33, width: 32, pattern: 'noise', seed: 7 });
  return [...new Uint8ClampedArray([...pixels.subarray(0, 3)].map((value) => value * 255))];
}
