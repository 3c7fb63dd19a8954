import { always, type Check, type Failure } from '../../harness/check/check.js';
import { takesStrings } from '../../harness/check/images-argument.js';
import type { Contract } from '../../harness/contract/contract.js';
import { exporterOf } from '../../harness/savedmodel/exporter.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { Endpoint, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { plural } from '../../harness/verdict/plural.js';
import type { Finding } from '../../harness/verdict/run.js';

export const rootCall: Check = {
  id: 'signature/root-call',
  level: 'must',
  demands: 'The root object MUST have `__call__`, and the spec MUST NOT name another endpoint instead.',
  explain: {
    matters:
      '`hub.load(path)(images)` and `hub.KerasLayer(path)` call the root object. Without `__call__`, or with another method or a signature instead, this simplest call fails or returns something else.',
    decided:
      'The object graph in `saved_model.pb` must have the endpoint that the spec names, with at least one saved concrete function. A model that is not a TensorFlow 2 SavedModel fails here, too. So does a spec that names another endpoint than `__call__`; all other checks then test that endpoint.',
    fix: "Save a tf.Module whose `__call__` is a tf.function: trace it with `get_concrete_function` for each value of `training`, then `tf.saved_model.save` it. Keras 3's `model.export()` leaves `__call__` out; `assay wrap` prints a program that adds it. Keras 2's `model.save(path, save_format='tf')` writes it by itself. Where the documentation names another endpoint, say so in a waiver in the spec.",
  },
  promisedBy: ['endpoint', 'model'],
  answersFor: ['not-a-saved-model', 'no-endpoint'],
  applies: always,
  kind: 'reading',
  read: (model, contract) => {
    const count = namedEndpoint(model, contract)?.concreteFunctions.length;
    const named = describe(contract);
    if (!count) {
      const actual = count === 0 ? `${named} without a concrete function` : offered(model);
      return fails({ where: 'root object', expected: named, actual, remedy: remedyFor(model) });
    }
    if (isRootCall(contract))
      return { status: 'pass', summary: `${named}, with ${plural(count, 'concrete function')}` };
    return { ...fails(elsewhere(named, model)), explains: [] };
  },
};

function fails(finding: Finding): Failure {
  return { status: 'fail', finding };
}

function isRootCall({ endpoint }: Contract): boolean {
  return endpoint.kind === 'method' && endpoint.name === '__call__';
}

/** Of a model that can be called, though not as `hub.load(path)(images)`. */
function elsewhere(named: string, model: SavedModel): Finding {
  return {
    where: 'endpoint of the spec',
    expected: 'a method __call__',
    actual: `${named}, so hub.load(path)(images) does not run what the spec promises`,
    remedy:
      exporterOf(model)?.remedy ??
      'Give the root object a `__call__` that does the same, save again, and remove `endpoint` from the spec.',
  };
}

function describe({ endpoint }: Contract): string {
  return endpoint.kind === 'method' ? `a method ${endpoint.name}` : `a signature ${endpoint.name}`;
}

function offered(model: SavedModel): string {
  const methods = [...model.methods.keys()].filter((name) => !name.startsWith('_') || name === '__call__');
  const parts = [
    ...(methods.length > 0 ? [`the methods ${methods.join(', ')}`] : []),
    ...(model.signatures.size > 0 ? [`the signatures ${[...model.signatures.keys()].join(', ')}`] : []),
  ];
  if (parts.length === 0) return 'nothing that can be called';
  const encoded = serving(model).some(takesStrings) ? ', which takes encoded image strings' : '';
  return `only ${parts.join(' and ')}${encoded}`;
}

/** What a model without `__call__` is served by. */
function serving({ methods, signatures }: SavedModel): readonly Endpoint[] {
  return [methods.get('serve'), signatures.get('serving_default')].filter((one) => one !== undefined);
}

function remedyFor(model: SavedModel): string {
  const { name, remedy } = exporterOf(model) ?? {};
  return remedy === undefined
    ? 'Save an object whose `__call__` is a tf.function traced for the images of the spec; signatures alone are not enough. Where another method or signature takes images, `assay wrap` prints a Python program for that.'
    : `This looks like ${name}. ${remedy}`;
}
