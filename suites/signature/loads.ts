import type { Explained } from '../../harness/check/cause.js';
import { always, type Check, type Conclusion } from '../../harness/check/check.js';
import type { Imports } from '../../harness/engine/imports.js';
import type { EngineError } from '../../harness/engine/process/failures.js';
import { plural } from '../../harness/verdict/plural.js';

export const loads: Check = {
  id: 'signature/loads',
  level: 'must',
  demands: 'TensorFlow MUST accept every function of the model, called or not.',
  explain: {
    matters:
      '`tf.saved_model.load` and `hub.load` import all functions of a model before any is called. They raise an error at the first one that contradicts itself, and nobody can load the model, although its other functions work.',
    decided:
      "Each function in the library of `saved_model.pb` is made a graph with placeholders for its arguments, as Python's loader does, and TensorFlow's C library imports it. That finds attributes that are missing or of another type, inputs of a wrong type or number, and shapes that contradict each other or those noted in the file. It also finds operations and attributes that are newer than this TensorFlow, for which nothing of the model can run. Contradictions within the object graph are found earlier, when the files are read.",
    calls: 'None: the graphs are imported, and no call is made.',
    fix: 'Export the model again. Functions are never edited by hand, and a converter that rewrites them must be repaired: `tf.saved_model.load` names the operation.',
  },
  promisedBy: ['model'],
  answersFor: ['cannot-run', 'operation-missing'],
  applies: always,
  kind: 'measurement',
  measure: async (subject) => concluded(await subject.imports()),
};

function concluded(imports: Imports): Conclusion {
  if (imports.kind === 'unavailable')
    return { status: 'error', reason: `Functions could not be imported: ${imports.why}` };
  const { count, refused, notLoaded } = imports;
  const [first] = refused;
  if (first === undefined)
    return { status: 'pass', summary: `TensorFlow accepts ${plural(count, 'function')}` };
  const others = refused.length > 1 ? ` (and ${plural(refused.length - 1, 'other function')})` : '';
  return {
    status: 'fail',
    finding: {
      where: `function ${first.function}`,
      expected: 'a function that TensorFlow can import, as tf.saved_model.load does',
      actual: `${first.why.split('\n')[0]}${others}`,
    },
    evidence: { refused },
    explains: notLoaded ? [loadingOf(notLoaded)] : [],
  };
}

/** What keeps the other checks from being decided. */
function loadingOf({ failure, message }: EngineError): Explained {
  return failure === 'operation-missing' ? { kind: failure, of: '' } : { kind: 'cannot-run', of: message };
}
