import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { annotations } from './annotations.js';
import { caseOf, hostileCase } from './fixtures/python-cases.js';
import { replayedCases } from './fixtures/replayed-cases.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { pageScript } from './html/page-script.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { python } from './python.js';
import { replayed } from './replayed.js';
import { sarif } from './sarif.js';
import { terminal } from './terminal.js';

const reports = ['assay-report/report.html', 'assay-report/run.json'];

/** What each golden file holds. `UPDATE_GOLDEN=1` writes them anew; look at the difference before you commit it. */
const golden: Readonly<Record<string, () => string>> = {
  'terminal.golden.txt': () => terminal(variedRun(), { color: false, columns: undefined, reports }),
  'terminal-color.golden.txt': () => terminal(variedRun(), { color: true, columns: 80, verbose: true }),
  'terminal-conforming.golden.txt': () => terminal(conformingRun(), { color: false, columns: 80, reports }),
  'report.golden.html': () => withoutScript(html(variedRun())),
  'run.golden.json': () => json(variedRun()),
  'annotations.golden.txt': () => annotations(variedRun()),
  'report.golden.md': () => markdown(variedRun()),
  'report.golden.sarif.json': () => sarif(variedRun()),
  'junit.golden.xml': () => junit(variedRun()),
  'replayed.golden.txt': () => replayed(replayedCases, false, 100),
  'every-size.golden.py': () => scriptFor(caseOf('input/every-size')),
  'rows-independent.golden.py': () => scriptFor(caseOf('batching/rows-independent')),
  'hostile.golden.py': () => scriptFor(hostileCase()),
};

/** The page without what a bundler made, and the digest of that. */
function withoutScript(page: string): string {
  return page
    .replace(pageScript('html'), () => 'the script of the page')
    .replace(/(?<=script-src ')[^']*/, 'its digest');
}

function scriptFor(one: Parameters<typeof python>[0]): string {
  const script = python(one);
  return script.kind === 'script' ? script.text : script.why;
}

test.each(Object.keys(golden))('%s is byte for byte what the run gives', (name) => {
  const file = new URL(`../../reports/golden/${name}`, import.meta.url);
  const actual = golden[name]?.() ?? '';
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
});
