import { leavesOf } from '../engine/output-index.js';
import type { PythonValue } from '../savedmodel/saved-model.js';

/** The structure of a result as findings print it. */
export function structureText(output: PythonValue): string {
  if (output.kind === 'tensor') return 'one tensor';
  if (output.kind === 'none') return 'None';
  const places = leavesOf(output).map(({ path }) => path);
  const called = calledIn(output);
  return places.length > 0 && places[0] !== '' ? `${called} with ${places.join(', ')}` : called;
}

function calledIn(output: PythonValue): string {
  switch (output.kind) {
    case 'dict':
      return 'a dictionary';
    case 'named-tuple':
      return `the named tuple ${output.name}`;
    case 'type-spec':
      return output.name === '' ? 'something else' : `what a ${output.name} describes`;
    default:
      return `a ${output.kind}`;
  }
}
