import type { Proof, PythonCase } from '../case.js';
import { textLiteral } from '../literal.js';

/** Broken promises that the loaded object shows, without a call or before one. */
export const objects: Readonly<Record<string, Proof>> = {
  'signature/root-call': {
    loads: true,
    code: ({ endpoint }) => `try:
    model = hub.load(MODEL)
except Exception as error:
    broken("a TensorFlow 2 SavedModel", f"{type(error).__name__}: {error}")
${
  endpoint.kind === 'method'
    ? `if not callable(getattr(model, ${textLiteral(endpoint.name)}, None)):
    broken("a method ${endpoint.name.replaceAll(/\W/g, '?')}", f"only the signatures {list(getattr(model, 'signatures', []))}")`
    : `if ${textLiteral(endpoint.name)} not in model.signatures:
    broken("a signature of that name", f"only {list(model.signatures)}")`
}`,
  },
  'signature/loads': {
    loads: true,
    code: () => `try:
    model = hub.load(MODEL)
except Exception as error:
    broken("functions that TensorFlow can import", f"{type(error).__name__}: {error}")`,
  },
  'hyperparameters/documented': {
    code: ({ hyperparameters }) => `print("concrete functions:", *signatures(), sep="\\n  ")
print("The spec names only:", ${[...hyperparameters.map(({ name }) => name), 'training'].map(textLiteral).join(', ')})
broken("arguments that the spec names", "see the concrete functions above")`,
  },
  'variables/listed': {
    code: () => `listed = getattr(model, "variables", None)
if listed is None:
    broken("a list of variables", "no such attribute")
if len({id(one) for one in listed}) < len(listed):
    broken("each variable once", [getattr(one, "name", one) for one in listed])
used = [handle for one in functions() for handle in one.captured_inputs if handle.dtype == tf.resource]
forgotten = {id(handle) for handle in used} - {id(one.handle) for one in listed}
if forgotten:
    broken("each variable that the call uses", f"{len(forgotten)} are not in the list")`,
  },
  'variables/restored': {
    loads: true,
    code: () => `try:
    model = hub.load(MODEL)
except Exception as error:
    broken("a value for each variable", f"{type(error).__name__}: {error}")
for variable in getattr(model, "variables", []):
    if variable.dtype.is_floating and not np.isfinite(np.float64(variable.numpy())).all():
        broken(f"finite numbers in {variable.name}", variable.numpy())`,
  },
  'variables/trainable-listed': {
    code: () => `variables = getattr(model, "variables", [])
trainable = getattr(model, "trainable_variables", None)
if not trainable:
    broken("a list of trainable variables", "no such attribute" if trainable is None else "an empty list")
outside = [one.name for one in trainable if not any(one is other for other in variables)]
print(len(trainable), "trainable variables")
if outside:
    broken("trainable variables that are among the variables", f"{', '.join(outside)} are not")`,
  },
  'keras/layer-loads': { loads: true, code: kerasCode },
  'layout/channels-last': {
    code: () => `for function in functions():
    graph = function.graph.as_graph_def()
    for node in [*graph.node, *(node for body in graph.library.function for node in body.node_def)]:
        if node.attr["data_format"].s in (b"NCHW", b"NCDHW"):
            broken("NHWC", f"{node.attr['data_format'].s.decode()} in {node.op} ({node.name})")`,
  },
};

function kerasCode({ fineTuned }: PythonCase): string {
  return `try:
    layer = hub.KerasLayer(MODEL, trainable=${fineTuned ? 'True' : 'False'})
    layer(tf.constant(images))
    print(len(layer.losses), "losses")
except Exception as error:
    broken("a layer that loads", f"{type(error).__name__}: {error}")`;
}
