import { always, type Check } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { plural } from '../../harness/verdict/plural.js';

export const rootCall: Check = {
  id: 'signature/root-call',
  level: 'must',
  demands: 'The root object MUST have the endpoint that the spec names: `__call__`, unless it names another.',
  explain: {
    matters:
      '`hub.load(path)(images)` and `hub.KerasLayer(path)` call the root object. Without the promised endpoint, nobody can use the model as documented.',
    decided:
      'The object graph in `saved_model.pb` must have the endpoint, with at least one saved concrete function. A model that is not a TensorFlow 2 SavedModel fails here, too.',
    fix: "Save a tf.Module whose `__call__` is a tf.function: trace it with `get_concrete_function` for each value of `training`, then `tf.saved_model.save` it. Keras 3's `model.export()` leaves `__call__` out: wrap the model in such a module. Keras 2's `model.save(path, save_format='tf')` writes it by itself.",
  },
  promisedBy: ['endpoint', 'model'],
  answersFor: ['not-a-saved-model', 'no-endpoint'],
  applies: always,
  kind: 'reading',
  read: (model, contract) => {
    const endpoint = namedEndpoint(model, contract);
    const expected = describe(contract);
    if (endpoint && endpoint.concreteFunctions.length > 0) {
      return {
        status: 'pass',
        summary: `${expected}, with ${plural(endpoint.concreteFunctions.length, 'concrete function')}`,
      };
    }
    const actual = endpoint ? `${expected} without a concrete function` : offered(model);
    return { status: 'fail', finding: { where: 'root object', expected, actual, remedy: remedyFor(model) } };
  },
};

function describe({ endpoint }: Contract): string {
  return endpoint.kind === 'method' ? `a method ${endpoint.name}` : `a signature ${endpoint.name}`;
}

function offered(model: SavedModel): string {
  const methods = [...model.methods.keys()].filter((name) => !name.startsWith('_') || name === '__call__');
  const parts = [
    ...(methods.length > 0 ? [`the methods ${methods.join(', ')}`] : []),
    ...(model.signatures.size > 0 ? [`the signatures ${[...model.signatures.keys()].join(', ')}`] : []),
  ];
  return parts.length > 0 ? `only ${parts.join(' and ')}` : 'nothing that can be called';
}

/** Keras 3's `export()` is the most common cause: its root has `serve` and no `__call__`. */
function remedyFor(model: SavedModel): string {
  if (model.methods.has('serve')) {
    return (
      'This looks like Keras 3 `model.export()`, which leaves out `__call__`. Wrap the model in a tf.Module with a ' +
      '`@tf.function def __call__(self, images, training=False)` and save that with `tf.saved_model.save`.'
    );
  }
  return 'Save an object whose `__call__` is a tf.function traced for the images of the spec; signatures alone are not enough.';
}
