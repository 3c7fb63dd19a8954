import { rolldown } from 'rolldown';
import { inProject } from '../../proof/project.js';

/** The scripts of the pages, each one a text that needs no other, by where the reports read them. */
export async function pageScripts(): Promise<readonly (readonly [string, string])[]> {
  const page = `import { start } from '${browser('html')}';
import { pixelsOf } from '${inProject('dist/harness/images/pixels.js')}';
start(pixelsOf);`;
  return [
    // The painters come along, so that a counterexample is drawn with its very pixels.
    ['reports/html/page.js', await scriptOf(page)],
    ['reports/matrix/page.js', await scriptOf(`import { start } from '${browser('matrix')}'; start();`)],
  ];
}

function browser(page: string): string {
  return inProject('dist/reports', page, 'browser/main.js');
}

/** A module that stands in no file, with all that it imports. */
async function scriptOf(text: string): Promise<string> {
  const entry = 'page-script';
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? text : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'iife' });
  return output[0].code;
}
