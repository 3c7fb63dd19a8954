import type { Run } from '../harness/verdict/run.js';
import { annotations } from './annotations.js';
import { html } from './html.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { terminal } from './terminal.js';

export type Format = {
  /** As in `--report`. */
  readonly name: 'github' | 'html' | 'json' | 'junit' | 'markdown' | 'sarif' | 'terminal';
  /** The file it is written to, inside `--out`; left out for what is only printed. */
  readonly file?: string;
  readonly render: (run: Run) => string;
};

/** Every report, sorted by name. */
export const formats: readonly Format[] = [
  { name: 'github', render: annotations },
  { name: 'html', file: 'report.html', render: html },
  { name: 'json', file: 'run.json', render: json },
  { name: 'junit', file: 'junit.xml', render: junit },
  { name: 'markdown', file: 'report.md', render: markdown },
  { name: 'sarif', file: 'report.sarif', render: sarif },
  { name: 'terminal', render: (run) => terminal(run, { color: false, columns: undefined }) },
];
