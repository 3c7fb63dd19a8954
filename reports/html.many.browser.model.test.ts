import { expect, test } from 'vitest';
import { runOfThirty } from './fixtures/extreme-runs.js';
import { variedRun } from './fixtures/varied-run.js';
import { barriers, describeInChromium, photograph, print } from './pages.test.support.js';

describeInChromium('report.html of many models in Chromium', (pages) => {
  test('names what broke on a closed card, with the first finding in a line', async () => {
    const page = await pages.of(variedRun());
    const card = page.locator('.model', { hasText: 'tiny-features-truncated' });
    expect(await card.locator('.first').isVisible()).toBe(false);
    await card.locator('h2').click();
    expect(await card.locator('.named').allTextContents()).toEqual([
      'input/every-size',
      'batching/rows-independent',
      'dropout/outputs-kept',
      'hyperparameters/documented',
    ]);
    expect(await card.locator('.first').textContent()).toBe('refused at 33×32');
  });

  test('shows findings in the open, passes and skips folded', async () => {
    const page = await pages.of(variedRun());
    const card = page.locator('.model', { hasText: 'tiny-features-truncated' });
    expect(await card.locator('.finding:visible').count()).toBe(4);
    expect(await card.locator('details.group > summary').allTextContents()).toEqual(['1 passed']);
    expect(await card.locator('.check.pass:visible').count()).toBe(0);
  });

  test('puts checks suite by suite, and keeps that, the filters and what is open in its address', async () => {
    const page = await pages.of(variedRun());
    await page.getByLabel('Order of checks').selectOption('suite');
    await page.getByRole('button', { name: 'failed' }).click();
    for (const _closedThenOpened of [1, 2])
      await page.locator('[data-check="dropout/outputs-kept"] h3').click();
    const [, address] = page.url().split('#');
    expect(address).toBe('tiny-features-truncated/dropout/outputs-kept?outcome=fail&checks=suite');
    const again = await pages.of(variedRun(), {}, `#${address}`);
    const titles = await again
      .locator('.model:first-child details.group:visible > summary')
      .allTextContents();
    await photograph(again, 'report-by-suite');
    expect(titles).toEqual(['input: 1 failed', 'batching: 1 failed', 'dropout: 1 failed']);
    expect(await again.locator('.check:visible:not(.fail)').count()).toBe(0);
    expect(await again.getByRole('button', { name: 'failed' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('drops a filter that hides what a link leads to', async () => {
    const page = await pages.of(variedRun(), {}, '#tiny-classifier/inference/deterministic?outcome=fail');
    await page.locator('.check.pass[data-check="inference/deterministic"] .demands').waitFor();
    expect(page.url()).toContain('#tiny-classifier/inference/deterministic');
    expect(await page.locator('.toggle[aria-pressed="true"]').count()).toBe(0);
  });

  test('leads from the overview to a finding', async () => {
    const page = await pages.of(variedRun());
    expect(await page.locator('.grid tbody tr').count()).toBe(5);
    await page.getByRole('button', { name: 'could not decide' }).click();
    await page.locator('.grid td.error a').first().click();
    expect(page.url()).toMatch(/#slow-classifier\/output\/finite\?outcome=error$/);
    await page.locator('[data-check="output/finite"] .demands').waitFor();
  });

  test.each([
    ['desktop', { viewport: { width: 1280, height: 900 } }],
    ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 844 } }],
  ] as const)('shows the first card on the first screen: %s', async (form, options) => {
    const page = await pages.of(runOfThirty(), { ...options, bypassCSP: true });
    await photograph(page, `report-thirty-${form}`, false);
    const first = await page.locator('.model').first().boundingBox();
    expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThan(options.viewport.height);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
    expect(await barriers(page)).toEqual([]);
  });

  test('prints findings and a list of what passed on few sheets', async () => {
    const page = await pages.of(runOfThirty());
    expect(await print(page, 'report-thirty')).toBeLessThan(15);
    expect(await page.locator('.kept').last().textContent()).toMatch(/^Passed: /);
  });
});
