import type { ListItem, SavedModel, Variable } from '../../harness/savedmodel/saved-model.js';
import { shapeText } from '../../harness/savedmodel/shape.js';
import { cut } from './cut.js';

/** The number of variables and of those in each list, then the first of them. */
export function variableLines({
  variables,
  listedVariables,
  trainableVariables,
}: SavedModel): readonly string[] {
  if (variables.length === 0) return ['none'];
  const numbers = variables.reduce(
    (sum, { shape }) => sum + (shape ?? []).reduce<number>((n, size) => n * (size ?? 0), 1),
    0,
  );
  return [
    `${variables.length}, with ${numbers.toLocaleString('en-US')} numbers in total`,
    `in .variables: ${countText(listedVariables)}; in .trainable_variables: ${countText(trainableVariables)}`,
    ...cut(variables.map(variableText), 6),
  ];
}

function countText(list: readonly ListItem[] | undefined): string {
  return list === undefined ? 'no such list' : String(list.length);
}

function variableText({ path, name, dtype, shape, trainable, stored }: Variable): string {
  const label = path === name ? path : `${path} (${name})`;
  const trained = trainable ? '' : ', not trainable';
  return `${label}: ${dtype} ${shapeText(shape)}${trained}${stored === undefined ? ', no stored value' : ''}`;
}
