import { noTensor } from '../../harness/check/cause.js';
import type { Check, Conclusion, Reading } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { reachableCalls } from '../../harness/check/reachable-calls.js';
import { neverTaken } from '../../harness/check/refused-call.js';
import { LeftOut } from '../../harness/check/violation.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import { operationText } from '../../harness/graph/flow/operation-text.js';
import type { Operation } from '../../harness/graph/flow/symbolic-tensor.js';
import { decides } from '../../harness/graph/ops/deciding.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import { plural } from '../../harness/verdict/plural.js';
import { callText, pathText } from './call-text.js';
import { type SearchedCall, searchedCalls } from './dataflow/searched-calls.js';
import { levelOfDropout } from './level.js';

export const noMaskInGraph: Check & Reading = {
  id: 'dropout/no-mask-in-graph',
  level: levelOfDropout,
  demands:
    'The model MUST NOT apply dropout or noise to the output itself, in training or at inference (a classifier SHOULD NOT).',
  explain: {
    matters:
      'People who fine-tune a model put dropout of their own choice on its features. Dropout that is already there cannot be turned off, and adds to theirs. On logits, it makes the loss see zeros instead of scores.',
    decided:
      'The graph of every call that `training` and the declared hyperparameters can select is followed back from the output, through functions, branches and loops, as far as layers that mix units by weights. Dropout before those is allowed. A matrix product or convolution whose kernel is an identity, a diagonal or random mixes nothing, and nor does a Fourier transform with its inverse. What is left says of which terms each unit of the output is the sum. A random value, whatever its rate, is a mask where it multiplies every term that depends on the image, and noise where it is added, be it the same for a whole row. A random choice between a value and the same value scaled, shifted or activated counts alike. Draws of the same seed, and reads of one variable, are one random value. Numbers that a constant seed gives count where training has them and inference has not; elsewhere they are weights. Residual streams are fine: in `x + Dropout(f(x))`, `x` stays. So are different masks at each of many places that are pooled afterwards, and stochastic depth, unless it drops whole rows. State that the call changes by itself, such as a hand-written random generator, counts as random; so does the clock. A random number of units, as of a slice or a padding, is a mask. Maps have the places that images of the smallest size leave them: the mean of a single one mixes nothing.',
    fix: 'Move the dropout before the last dense layer or convolution, or remove it and let users of the model add it.',
  },
  answersFor: ['random-mask'],
  applies: hasEndpoint,
  kind: 'reading',
  read: (model, contract) => {
    const endpoint = namedEndpoint(model, contract);
    const calls = endpoint ? reachableCalls(endpoint, contract) : [];
    if (endpoint && calls.length === 0) throw new LeftOut(neverTaken(endpoint, contract));
    try {
      const found = searchedCalls(model, contract);
      if (found.length === 0) throw new LeftOut(noTensor(calls.map((call) => call.concreteFunction)));
      return concluded(found);
    } catch (error) {
      if (error instanceof FlowTooLarge) return { status: 'error', reason: error.message };
      throw error;
    }
  },
};

const remedy =
  'Remove this layer, or move it before the last dense layer or convolution; whoever fine-tunes the model can add dropout on top.';

function concluded(calls: readonly SearchedCall[]): Conclusion {
  const masked = calls.flatMap(({ call, masks }) => masks.map((mask) => ({ call, mask })));
  const [first] = masked;
  const doubt = calls.flatMap(({ doubts }) => doubts)[0];
  if (first === undefined && doubt !== undefined)
    return { status: 'error', reason: `The graph could not be followed: ${doubt}.` };
  const [opaque] = calls.flatMap((call) => call.opaque);
  if (first === undefined && opaque !== undefined)
    return { status: 'skip', reason: leftToStatistics(opaque), decidedBy: 'dropout/outputs-kept' };
  if (first === undefined) return kept(calls);
  const shown = [...new Set(masked.map(({ call }) => callText(call)))];
  return {
    status: 'fail',
    finding: {
      where: `output, with ${listed(shown)}`,
      expected: 'no random operation between the last layer that mixes units and the output',
      actual: pathText(first.mask),
      arguments: first.call.args,
      remedy,
    },
    evidence: {
      masks: masked.map(({ call, mask }) => ({
        call: callText(call),
        changes: mask.changes,
        path: mask.path.map((operation) => operationText(operation)),
        recurs: mask.path.some(({ node }) => decides(node)),
      })),
    },
  };
}

/** The statistics need no graph; but noise, whose values never recur, only the graph shows. */
function leftToStatistics(operation: Operation): string {
  return `The graph ends in ${operationText(operation)}, which this check cannot analyse. dropout/outputs-kept decides by statistics; continuous noise on the outputs remains undetected.`;
}

function listed(calls: readonly string[]): string {
  const more = calls.length - 3;
  return calls.slice(0, 3).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

function kept(calls: readonly SearchedCall[]): Conclusion {
  const names = new Set(
    calls.flatMap(({ mixed }) => mixed.map(({ node, callSite }) => `${node.name} ${callSite.body.name}`)),
  );
  const evidence = { randomOperations: names.size };
  const concreteFunctions = plural(calls.length, 'concrete function');
  if (names.size === 0)
    return {
      status: 'pass',
      summary: `no random operation reaches the output in ${concreteFunctions}`,
      evidence,
    };
  const reach = names.size === 1 ? '1 random operation reaches' : `${names.size} random operations reach`;
  const how = 'only through layers that mix units, or equally for all units';
  return { status: 'pass', summary: `${reach} the output in ${concreteFunctions}, ${how}`, evidence };
}
