import { rolldown } from 'rolldown';
import { inProject } from '../../proof/project.js';

/** A module that stands in no file, with all that it imports, as one text. */
export async function bundledText(text: string, format: 'iife' | 'cjs'): Promise<string> {
  // As if it lay in the project, from where packages are found.
  const entry = inProject('text.js');
  const bundle = await rolldown({
    input: entry,
    plugins: [
      {
        name: 'text',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? text : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format });
  return output[0].code;
}
