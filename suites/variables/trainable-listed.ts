import type { Check, Conclusion } from '../../harness/check/check.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { plural } from '../../harness/verdict/plural.js';
import { itemText } from './listed-item.js';

export const trainableListed: Check = {
  id: 'variables/trainable-listed',
  level: 'must',
  demands:
    'A model that can be fine-tuned MUST list at least one trainable variable in `trainable_variables`, as many as declared, all of them also in `variables` and saved as trainable.',
  explain: {
    matters:
      '`hub.KerasLayer(path, trainable=True)` trains exactly what this list holds. If it is missing or empty, nothing is trained, and only a line in the log says so.',
    decided:
      'The list on the root object must hold only variables, at least one, none of them twice, and all of them also in `variables`. Each must have been saved with `trainable=True`, as TensorFlow records no gradient of others. If the spec gives a number, there must be as many.',
    fix: 'Set `trainable_variables` of the root before saving, for instance to `[v for v in self.variables if v.trainable]`. In a tf.Module, first write `trainable_variables = ()` in the class body, as its own property is not saved. For a Keras 3 model, list `weight.value` for each of `model.trainable_weights`.',
  },
  promisedBy: ['fine_tuning.trainable_variables', 'fine_tuning'],
  answersFor: ['no-trainable-variables'],
  applies: ({ fineTuning }) => {
    if (fineTuning === undefined) return 'The spec declares no fine-tuning.';
    return fineTuning.trainableVariables !== false || 'The spec declares no trainable variables.';
  },
  kind: 'reading',
  read: (model, contract) => {
    const items = model.trainableVariables;
    if (items === undefined) return fails('no such attribute on the root object');
    const problem = problemOf(items, model, contract);
    return problem === undefined
      ? { status: 'pass', summary: `${plural(items.length, 'trainable variable')}, all among the variables` }
      : fails(problem);
  },
};

function problemOf(
  items: readonly ListItem[],
  model: SavedModel,
  { fineTuning }: Contract,
): string | undefined {
  const declared = fineTuning?.trainableVariables;
  const other = items.find(({ kind }) => kind === 'other');
  if (other) return itemText(other, model);
  if (items.length === 0 && declared !== 0) return 'an empty list';
  const listed = new Set(model.listedVariables?.map(({ nodeId }) => nodeId));
  const outside = items.find(({ nodeId }) => !listed.has(nodeId));
  if (outside) return `${itemText(outside, model)}, which is not in variables`;
  const frozen = items.find(({ nodeId }) =>
    model.variables.some((one) => one.nodeId === nodeId && !one.trainable),
  );
  if (frozen) return `${itemText(frozen, model)}, which was saved with trainable=False and gets no gradient`;
  const ids = new Set(items.map(({ nodeId }) => nodeId));
  const twice = items.find((item, at) => items.findIndex(({ nodeId }) => nodeId === item.nodeId) !== at);
  if (twice) return `${itemText(twice, model)} twice`;
  return typeof declared === 'number' && ids.size !== declared
    ? `${ids.size} variables; the spec says ${declared}`
    : undefined;
}

function fails(actual: string): Conclusion {
  const expected = 'a list of trainable variables that are also in variables';
  const remedy =
    'Before saving, set `trainable_variables` of the root object to the variables that fine-tuning should train.';
  return { status: 'fail', finding: { where: 'trainable_variables', expected, actual, remedy } };
}
