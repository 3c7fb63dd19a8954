import type { Check, Conclusion } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import { generatorStates } from '../../harness/graph/randomness/generator-state.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { plural } from '../../harness/verdict/plural.js';
import { itemText } from './listed-item.js';
import { usedVariables } from './used.js';

export const listed: Check = {
  id: 'variables/listed',
  level: 'must',
  demands:
    '`variables` of the root object MUST list every variable that the call uses, and MUST NOT list any twice.',
  explain: {
    matters:
      'Code that counts, copies, saves or fine-tunes the weights takes them from `variables`. A missing one is silently left behind.',
    decided:
      'The list on the root object must hold only variables, none of them twice. It must hold each variable that some concrete function of the call uses or that fills a table for it. The state of a random generator, an integer variable that only seeds random numbers, may be missing, as it is in Keras.',
    fix: "Set `variables` of the root before saving, moving averages included. In a tf.Module, first write `variables = ()` in the class body: tf.Module's own property is not saved and cannot be set. For a Keras 3 model, list `weight.value` for each of `model.weights`; Keras 2 writes the list by itself.",
  },
  applies: ({ endpoint }) =>
    endpoint.kind === 'method' || 'The spec calls a signature, which has no variables to list.',
  kind: 'reading',
  read: (model, contract) => {
    const items = model.listedVariables;
    if (items === undefined) return fails('no such attribute on the root object');
    const problem = problemOf(items, model, contract);
    if (problem !== undefined) return fails(problem);
    const used = usedVariables(model, contract).length;
    return {
      status: 'pass',
      summary: `${plural(items.length, 'variable')}, including all ${used} that the call uses`,
    };
  },
};

function problemOf(items: readonly ListItem[], model: SavedModel, contract: Contract): string | undefined {
  const other = items.find(({ kind }) => kind === 'other');
  if (other) return itemText(other, model);
  const ids = items.map(({ nodeId }) => nodeId);
  const twice = items.find(({ nodeId }, at) => ids.indexOf(nodeId) !== at);
  if (twice) return `${itemText(twice, model)} twice`;
  const unlisted = usedVariables(model, contract).filter(({ nodeId }) => !ids.includes(nodeId));
  if (unlisted.length === 0) return undefined;
  const states = generatorStates(model, namedEndpoint(model, contract)?.concreteFunctions ?? []);
  const forgotten = unlisted.filter((variable) => !states.includes(variable));
  const [first] = forgotten;
  if (first === undefined) return undefined;
  const others = forgotten.length > 1 ? ` and ${forgotten.length - 1} more` : '';
  return `a list without ${first.path}${others}, which the call uses`;
}

function fails(actual: string): Conclusion {
  const expected = 'each variable that the call uses, once';
  const remedy =
    'Before saving, set `variables` of the root object to all variables of the model, moving averages included. In a tf.Module, write `variables = ()` in the class body first: its own property cannot be set.';
  return { status: 'fail', finding: { where: 'variables', expected, actual, remedy } };
}
