import { readFileSync } from 'node:fs';
import { moduleFile } from '../../harness/verdict/package-files.js';

/** The script of a page, with all that it imports; `scripts/bundle` makes it of the modules under `browser/`. */
export function pageScript(page: 'html' | 'matrix'): string {
  return readFileSync(moduleFile(`reports/${page}/page.js`), 'utf8');
}
