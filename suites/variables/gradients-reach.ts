import { type Cause, noTensor } from '../../harness/check/cause.js';
import type { Check, Conclusion } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { promisedCalls } from '../../harness/check/promised-calls.js';
import { neverTaken } from '../../harness/check/refused-call.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { outputIndex } from '../../harness/engine/output-index.js';
import { EngineError } from '../../harness/engine/process/failures.js';
import { Flow } from '../../harness/graph/flow/flow.js';
import { operationText } from '../../harness/graph/flow/operation-text.js';
import type { Operation } from '../../harness/graph/flow/symbolic-tensor.js';
import { inputsBehind } from '../../harness/graph/flow/walk.js';
import { mayCarryGradient, raisesForGradient } from '../../harness/graph/gradients/differentiable.js';
import { refusalOf } from '../../harness/graph/gradients/refusals.js';
import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { missingOperationText } from '../../harness/graph/ops/missing-operation.js';
import { reachableOperations } from '../../harness/graph/reachable.js';
import { listedTrainable } from '../../harness/savedmodel/listed-trainable.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { declaresTrainable } from './declares-trainable.js';
import { trainingArguments, trainingFunctions, trainingFunctionsByImages } from './training-function.js';
import { barrierIn, unreachedIn, type Walk, walksFrom } from './training-walks.js';

export const gradientsReach: Check = {
  id: 'variables/gradients-reach',
  level: 'must',
  demands: 'Gradients MUST be able to flow from the output back to each trainable variable.',
  explain: {
    matters:
      'A variable without a gradient is never trained. Keras prints no more than a warning, and the user believes that the whole model was fine-tuned.',
    decided:
      'The graph of the training call, with every declared hyperparameter and for images of every size that has a function of its own, is followed back from the output through operations that have a gradient in TensorFlow. Each trainable variable must be reached. Paths end at `tf.stop_gradient`, at operations without a gradient such as argmax and rounding, and at casts to integers. For some operations, such as `tf.image.adjust_contrast`, TensorFlow has no gradient registered: one of them between the images and the output makes it raise an error. So do others with some attributes or shapes, such as `tf.linalg.lstsq(fast=False)` and the singular vectors of matrices of unknown size.',
    fix: 'Remove `tf.stop_gradient`, `tf.argmax` or `tf.round` between the variable and the output, give the operation a `tf.custom_gradient`, or remove the variable from `trainable_variables`.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  applies: (contract, model) => {
    const declared = declaresTrainable(contract);
    if (declared !== true) return declared;
    if (listedTrainable(model).length === 0) return noneListed;
    const endpoint = namedEndpoint(model, contract);
    if (!endpoint) return hasEndpoint(contract, model);
    return (
      trainingFunctions(model, contract).size > 0 ||
      neverTaken(endpoint, contract, trainingArguments(contract))
    );
  },
  kind: 'reading',
  read: decide,
};

const noneListed: Cause = {
  kind: 'no-trainable-variables',
  of: '',
  text: 'No trainable variables are listed',
};

function decide(model: SavedModel, contract: Contract): Conclusion {
  const walks = walksFrom(model, contract);
  const [usual] = walks;
  if (usual === undefined) throw new LeftOut(noTensor(trainingFunctions(model, contract)));
  const raising = walks.flatMap(raisingIn)[0];
  if (raising) return raisingFailure(raising);
  const unreached = listedTrainable(model).filter((variable) => unreachedIn(walks, variable));
  const [first] = unreached;
  if (first === undefined)
    return stoppedFor(walks, model, contract) ?? { status: 'pass', summary: summaryOf(model, contract) };
  const missing = walks.flatMap(({ reached }) => reached.barriers).find(isMissing);
  if (missing)
    throw new EngineError('operation-missing', `${missingOperationText(missing.operation.node.op)}.`);
  const unknown = walks.flatMap(({ reached }) => reached.unknown)[0];
  if (unknown !== undefined)
    return { status: 'error', reason: `The graph could not be followed: ${unknown}.` };
  return failure(reasonFor(first, walks, model, contract), unreached, first);
}

/** For images of one kind, a variable behind what stops gradients: images of another kind may run another function. */
function stoppedFor(walks: readonly Walk[], model: SavedModel, contract: Contract): Conclusion | undefined {
  for (const functions of trainingFunctionsByImages(model, contract)) {
    const own = walks.filter(({ of }) => functions.has(of));
    if (own.some(({ reached }) => reached.unknown.length > 0 || reached.barriers.some(isMissing))) continue;
    const stopped = listedTrainable(model).flatMap((variable) => {
      const barrier = unreachedIn(own, variable) ? barrierIn(own, variable, model) : undefined;
      return barrier === undefined ? [] : [{ variable, barrier }];
    });
    const [first] = stopped;
    if (first)
      return failure(
        first.barrier,
        stopped.map(({ variable }) => variable),
        first.variable,
      );
  }
  return undefined;
}

/** Where code of another compiler is called, what it gives a gradient of cannot be read. */
function summaryOf(model: SavedModel, contract: Contract): string {
  const reached = `gradients reach all ${listedTrainable(model).length}`;
  const isOpaque = reachableOperations(model, [...trainingFunctions(model, contract)]).has('XlaCallModule');
  return isOpaque ? `${reached}, unless XlaCallModule stops them, which cannot be looked into` : reached;
}

/** Whether it has a gradient, only the package that it comes from knows. */
function isMissing({ operation }: { readonly operation: Operation }): boolean {
  return factsOf(operation.node.op) === undefined;
}

/** Operations for which TensorFlow raises an error instead of giving a gradient. */
function raisingIn({ flow, reached }: Walk): readonly Operation[] {
  const operations = reached.barriers.map(({ operation }) => operation);
  return operations.filter(
    (operation) =>
      (raisesForGradient(operation.node) || refusalOf(operation.node) !== undefined) &&
      dependsOnInputs(flow, operation),
  );
}

/** Integers do not count: TensorFlow computes no gradients through them. */
function dependsOnInputs(flow: Flow, operation: Operation): boolean {
  const floats = flow.inputsOf(operation).filter((_, at) => mayCarryGradient(operation.node, at));
  const behind = inputsBehind(flow, floats);
  return behind.captures.size + behind.arguments.size > 0;
}

function raisingFailure(operation: Operation): Conclusion {
  return {
    status: 'fail',
    finding: {
      where: 'every trainable variable',
      expected: 'a gradient from the output',
      actual: `TensorFlow raises ${refusalOf(operation.node) ?? 'LookupError: no gradient is defined'} for ${operationText(operation)}`,
      remedy: `Put tf.stop_gradient behind ${operation.node.op} if it depends only on the images, or use an operation with a gradient.`,
    },
  };
}

function reasonFor(
  variable: Variable,
  walks: readonly Walk[],
  model: SavedModel,
  contract: Contract,
): string {
  const barrier = barrierIn(walks, variable, model);
  if (barrier !== undefined) return barrier;
  const args = trainingArguments(contract);
  const when = args.training && usedAtInference(variable, model, contract) ? 'with training=True, ' : '';
  return `${when}${notUsed}`;
}

const notUsed = 'the output does not depend on it';

function usedAtInference({ nodeId }: Variable, model: SavedModel, contract: Contract): boolean {
  return promisedCalls(model, contract).some(({ concreteFunction }) => {
    const flow = new Flow(model, concreteFunction);
    const output = flow.outputs[outputIndex(concreteFunction, contract.endpoint)];
    return output !== undefined && inputsBehind(flow, [output]).captures.has(nodeId);
  });
}

function failure(why: string, unreached: readonly Variable[], first: Variable): Conclusion {
  const others = unreached.length > 1 ? ` (and so for ${unreached.length - 1} more)` : '';
  return {
    status: 'fail',
    finding: {
      where: `trainable variable ${first.path}`,
      expected: 'a gradient from the output',
      actual: `${why}${others}`,
      remedy: remedyFor(why),
    },
    evidence: { unreached: unreached.map(({ path }) => path) },
  };
}

function remedyFor(why: string): string {
  if (why.endsWith(notUsed))
    return 'Use the variable in the call with which it is trained, or remove it from trainable_variables.';
  return /custom gradient/.test(why)
    ? 'Save with `tf.saved_model.SaveOptions(experimental_custom_gradients=True)`.'
    : 'Remove the operation that stops the gradient, give it a tf.custom_gradient, or remove the variable from trainable_variables.';
}
