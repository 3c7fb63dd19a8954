import { inProject } from '../../proof/project.js';
import { bundledText } from './bundled-text.js';

/** The scripts of the pages, by where the reports read them. */
export async function pageScripts(): Promise<readonly (readonly [string, string])[]> {
  const page = `import { start } from '${browser('html')}';
import { pixelsOf } from '${inProject('dist/harness/images/pixels.js')}';
start(pixelsOf);`;
  const matrix = `import { start } from '${browser('matrix')}';
start();`;
  return [
    // The painters come along, so that a counterexample is drawn with its very pixels.
    ['reports/html/page.js', await bundledText(page, 'iife')],
    ['reports/matrix/page.js', await bundledText(matrix, 'iife')],
  ];
}

function browser(page: string): string {
  return inProject('dist/reports', page, 'browser/main.js');
}
