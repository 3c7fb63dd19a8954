import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { structureText } from '../../harness/check/structure-text.js';
import type { Contract } from '../../harness/contract/contract.js';
import { resolveEmptyCall } from '../../harness/savedmodel/call/resolve.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Broken, LoaderCondition } from './broken.js';

/** In the order in which the loader reaches them; taken from tensorflow_hub 0.16.1. */
export const conditions: readonly LoaderCondition[] = [
  { raisedIn: 'module_v2.load', broken: markedAsTensorflow1 },
  { raisedIn: 'KerasLayer._get_callable', broken: notCallable },
  { raisedIn: 'KerasLayer._get_callable', broken: noSuchSignature },
  { raisedIn: 'KerasLayer._setup_layer', broken: trainableHoldsOther },
  { raisedIn: 'KerasLayer._setup_layer', broken: variablesHoldOther },
  { raisedIn: 'KerasLayer._setup_layer', broken: lossNotCallable },
  { raisedIn: 'Layer.losses', broken: lossRaises },
  { raisedIn: 'Layer.losses', broken: lossIsDictionary },
  { raisedIn: 'KerasLayer._check_trainability', broken: trainableSignature },
  { raisedIn: 'KerasLayer.call', broken: noSuchOutput },
  { raisedIn: 'KerasLayer.call', broken: trainingUnseen },
];

/** This file makes the loader ask for a meta graph without tags, which no TensorFlow 2 SavedModel has. */
function markedAsTensorflow1({ folder }: SavedModel): Broken | undefined {
  if (!existsSync(join(folder, 'tfhub_module.pb'))) return undefined;
  return {
    expected: 'a folder without tfhub_module.pb',
    actual: 'tfhub_module.pb, which marks a TF1 Hub module',
    remedy: 'Remove tfhub_module.pb.',
  };
}

function notCallable({ methods }: SavedModel, { endpoint }: Contract): Broken | undefined {
  if (endpoint.kind === 'signature') return undefined;
  if (methods.has('__call__')) return endpoint.name === '__call__' ? undefined : anotherMethod(endpoint.name);
  return {
    expected: 'an object with `__call__`',
    actual: 'one that cannot be called',
    remedy: 'Save an object whose `__call__` is a tf.function.',
  };
}

/** The layer can be told a signature to call, but no method. */
function anotherMethod(name: string): Broken {
  return {
    expected: `a layer that calls ${name}, as the spec does`,
    actual: 'a layer that calls `__call__`: it accepts the name of a signature, but not of a method',
    remedy: `Let \`__call__\` do what ${name} does, and remove \`endpoint\` from the spec.`,
  };
}

function noSuchSignature({ signatures }: SavedModel, { endpoint }: Contract): Broken | undefined {
  if (endpoint.kind === 'method' || signatures.has(endpoint.name)) return undefined;
  const offered = [...signatures.keys()].join(', ');
  return {
    expected: `a signature ${endpoint.name}`,
    actual: offered === '' ? 'no signatures' : `the signatures ${offered}`,
    remedy: 'Give endpoint.signature in the spec the name of a signature that the model has.',
  };
}

function trainableHoldsOther({ trainableVariables }: SavedModel): Broken | undefined {
  return holdsOther('trainable_variables', trainableVariables);
}

function variablesHoldOther({ listedVariables }: SavedModel): Broken | undefined {
  return holdsOther('variables', listedVariables);
}

/** The layer asks each item for its name, shape and dtype, and keeps it as a weight. */
function holdsOther(attribute: string, items: readonly ListItem[] | undefined): Broken | undefined {
  const other = items?.find((item) => item.kind === 'other');
  if (other?.kind !== 'other') return undefined;
  return {
    expected: `a list of tf.Variable in ${attribute}`,
    actual: other.what,
    remedy: `Keep only variables in ${attribute} of the root object.`,
  };
}

/** Keras calls each loss without arguments when it adds them up. */
function lossRaises({ losses }: SavedModel): Broken | undefined {
  for (const [index, loss] of losses?.entries() ?? []) {
    const call = loss.kind === 'function' ? resolveEmptyCall(loss.endpoint) : undefined;
    if (call?.kind !== 'refused') continue;
    return {
      expected: `regularization_losses[${index}] to run without arguments`,
      actual: call.message,
      remedy: 'Trace each loss for the defaults of its arguments, or give it none.',
    };
  }
  return undefined;
}

/** Keras makes a tensor of what each loss returns: of a list, too, and it leaves out None. */
function lossIsDictionary({ losses }: SavedModel): Broken | undefined {
  for (const [index, loss] of losses?.entries() ?? []) {
    const call = loss.kind === 'function' ? resolveEmptyCall(loss.endpoint) : undefined;
    if (call?.kind !== 'found' || call.concreteFunction.output.kind !== 'dict') continue;
    return {
      expected: `regularization_losses[${index}] to return a tensor`,
      actual: structureText(call.concreteFunction.output),
      remedy: 'Return the scalar itself.',
    };
  }
  return undefined;
}

function lossNotCallable({ losses }: SavedModel): Broken | undefined {
  const other = losses?.find((loss) => loss.kind === 'other');
  if (other?.kind !== 'other') return undefined;
  return {
    expected: 'a list of callables in regularization_losses',
    actual: other.what,
    remedy: 'Make each loss a tf.function without arguments that returns a scalar.',
  };
}

function trainableSignature(_: SavedModel, { endpoint, fineTuning }: Contract): Broken | undefined {
  if (endpoint.kind === 'method' || fineTuning === undefined) return undefined;
  return {
    expected: 'trainable=True, as the spec declares fine-tuning',
    actual: `a ValueError, as trainable=True is unsupported when calling a signature (${endpoint.name})`,
    remedy: 'Save an object whose `__call__` is a tf.function, or remove fine_tuning from the spec.',
  };
}

/** The layer passes `training` only where the signature of the call names it, and says nothing where it does not. */
function trainingUnseen(model: SavedModel, contract: Contract): Broken | undefined {
  const endpoint = namedEndpoint(model, contract);
  const named = endpoint?.parameters.some(({ name }) => name === 'training');
  if (!endpoint?.anyKeyword || named || !contract.fineTuning?.trainingArgument) return undefined;
  return {
    expected: 'an argument named `training`, as the spec declares',
    actual: `one that only \`**kwargs\` of ${endpoint.name} takes, so that the layer drops training=True without a word`,
    remedy:
      'Name `training` among the parameters of `__call__`; a decorator can keep them with functools.wraps.',
  };
}

function noSuchOutput(model: SavedModel, contract: Contract): Broken | undefined {
  const { endpoint } = contract;
  const [concreteFunction] = namedEndpoint(model, contract)?.concreteFunctions ?? [];
  if (endpoint.kind === 'method' || concreteFunction === undefined) return undefined;
  const outputs = concreteFunction.output.kind === 'dict' ? Object.keys(concreteFunction.output.entries) : [];
  if (outputs.includes(endpoint.output)) return undefined;
  return {
    expected: `an output ${endpoint.output}`,
    actual: outputs.length === 0 ? 'no dictionary of outputs' : `the outputs ${outputs.join(', ')}`,
    remedy: 'Give endpoint.output in the spec the name of an output that the signature has.',
  };
}
