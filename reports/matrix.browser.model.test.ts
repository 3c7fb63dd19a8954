import { expect, test } from 'vitest';
import { largeRun } from './fixtures/extreme-runs.js';
import { variedRun } from './fixtures/varied-run.js';
import { matrixHtml } from './matrix/html.js';
import { matrixOf } from './matrix/matrix.js';
import { barriers, describeInChromium, photograph } from './pages.test.support.js';

const pageOf = (run: ReturnType<typeof variedRun>) => matrixHtml(matrixOf([{ file: 'run.json', run }]));

describeInChromium('matrix.html in Chromium', (pages) => {
  test('shows every model, filters, and keeps what is chosen in its address', async () => {
    const page = await pages.ofText(pageOf(variedRun()));
    expect(await page.locator('tbody tr').count()).toBe(5);
    await page.getByLabel('Filter by model or folder').fill('SLOW');
    expect(await page.locator('tbody th').allTextContents()).toEqual([
      expect.stringContaining('slow-classifier'),
    ]);
    await page.locator('tbody td.error').first().click();
    expect(await page.locator('#detail h2').textContent()).toBe('output/finite');
    const again = await pages.ofText(pageOf(variedRun()), {}, `#${page.url().split('#')[1]}`);
    expect(await again.locator('tbody tr').count()).toBe(1);
    expect(await again.locator('#detail h2').textContent()).toBe('output/finite');
    await again.keyboard.press('Escape');
    expect(await again.locator('#detail').isVisible()).toBe(false);
  });

  test('orders by a check, and shows only what breaks it', async () => {
    const page = await pages.ofText(pageOf(variedRun()), {}, '#check=input/every-size');
    const broken = await page.locator('tbody tr').count();
    expect(broken).toBeGreaterThan(0);
    expect(broken).toBeLessThan(5);
    await page.getByLabel('Filter by a check that is broken').selectOption('');
    await page.getByTitle('order by input/every-size').click();
    expect(await page.locator('tbody tr').first().locator('td.fail').count()).toBeGreaterThan(0);
  });

  test.each(['light', 'dark'] as const)('is easy on every reader in %s', async (colorScheme) => {
    const page = await pages.ofText(pageOf(variedRun()), { colorScheme, bypassCSP: true }, '#cell=0-1');
    await photograph(page, `matrix-${colorScheme}`);
    expect(await barriers(page)).toEqual([]);
  });

  test('of a thousand models', async () => {
    const page = await pages.ofText(pageOf(largeRun(1000, 43)), { viewport: { width: 390, height: 800 } });
    expect(await page.locator('tbody tr').count()).toBe(largeRun(1000, 43).models.length);
  });
});
