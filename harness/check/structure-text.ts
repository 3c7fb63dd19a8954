import { leavesOf } from '../engine/output-index.js';
import type { PythonValue } from '../savedmodel/saved-model.js';

/** The structure of a result as findings print it. */
export function structureText(output: PythonValue): string {
  if (output.kind === 'tensor') return 'one tensor';
  if (output.kind === 'none') return 'None';
  const places = leavesOf(output).map(({ path }) => path);
  const article =
    output.kind === 'dict' || output.kind === 'named-tuple' ? 'a dictionary' : `a ${output.kind}`;
  return places.length > 0 && places[0] !== '' ? `${article} with ${places.join(', ')}` : article;
}
