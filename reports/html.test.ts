import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { CheckResult, Verdict } from '../harness/verdict/run.js';
import { everyCharacter, runOfText } from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { batchSizesIn, declaredIn, dropoutIn, noiseIn, sizesIn } from './html/browser/figures/reading.js';
import { linkTo, targetOf } from './html/browser/links.js';
import { payloadOf } from './html/payload.js';
import { html } from './html.js';

describe('report.html', () => {
  test('allows its own script and style, and nothing else', () => {
    const page = html(variedRun());
    const [, script = ''] = page.match(/<script type="module">(.*?)<\/script>/s) ?? [];
    const [, style = ''] = page.match(/<style>(.*?)<\/style>/s) ?? [];
    expect(page).toContain(
      `script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'; img-src data:`,
    );
    expect(page).not.toMatch(/(src|href)="(?!data:|\$\{asText\(to\)\})|url\(|@import/);
  });

  test.each([variedRun(), runOfText(everyCharacter), runOfText('</script><!-- <script>')])(
    'no text of a run ends the element that it stands in',
    (run) => {
      const page = html(run);
      expect(page.match(/<\/?(script|style|noscript)\b/g)).toEqual(
        html(conformingRun()).match(/<\/?(script|style|noscript)\b/g),
      );
    },
  );

  test('shows the verdicts before any script', () => {
    const [head = ''] = html(variedRun()).match(/<header.*<\/header>/s) ?? [];
    expect(new XMLParser().parse(head).header.h1.span).toBe('Does not conform');
  });
});

test.each([
  ['tiny', 'output/shape'],
  ['a/b #%?', 'output/shape'],
  ['日本 🦊', 'x/%2F'],
])('the link to %s %s leads back', (model, check) => {
  expect(targetOf(linkTo(model, check))).toEqual({ model, check });
});

test('models stand in the order they are read, the worst of their checks first', () => {
  const ending = (verdict: Verdict, last: CheckResult['status']) =>
    conformingRun().models.map((model) => ({
      ...model,
      name: `${verdict}, ${last}`,
      verdict,
      checks: model.checks.map((check, at) => ({ ...check, status: at === 0 ? last : 'pass' })),
    }));
  const models = (['conforms', 'does-not-conform'] as const).flatMap((verdict) =>
    (['pass', 'waived'] as const).flatMap((last) => ending(verdict, last)),
  );
  expect(payloadOf({ ...conformingRun(), models }).models.map(({ name }) => name)).toEqual([
    'does-not-conform, waived',
    'does-not-conform, pass',
    'conforms, waived',
    'conforms, pass',
  ]);
});

test('evidence of another form is not drawn', () => {
  expect(sizesIn({ sizes: [[1, 2, 'pass'], ['x']] })).toBeUndefined();
  expect(sizesIn({ sizes: [[1, 2, 'odd']] })).toBeUndefined();
  expect(sizesIn({ sizes: [[1, 2, 'left-out']] })).toEqual([{ height: 1, width: 2, result: 'left-out' }]);
  expect(declaredIn({ declared: { height: [2, 1], width: [1, 2] } })).toBeUndefined();
  expect(batchSizesIn({ batches: [] })).toBeUndefined();
  expect(noiseIn({ noise: { floor: 'NaN', tolerance: 1 } })).toBeUndefined();
  expect(noiseIn({ noise: { floor: 0, tolerance: 1e-5 } })).toEqual({ floor: 0, tolerance: 1e-5 });
  expect(dropoutIn({ dropout: { repeats: [0.1, null], threshold: 0.05 } })).toBeUndefined();
  expect(dropoutIn({ dropout: [] })).toBeUndefined();
});

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
