import { exporterOf } from '../../harness/savedmodel/exporter.js';
import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** Problems that a publisher of the model should know, as sentences. */
export function remarks(model: SavedModel): readonly string[] {
  return [...model.notes, ...callRemarks(model), ...valueRemarks(model), ...listRemarks(model)];
}

function callRemarks(model: SavedModel): readonly string[] {
  const { leavesOut, remedy } = exporterOf(model) ?? {};
  if (model.methods.has('__call__')) return leavesOut ? [leavesOut] : [];
  const remark = 'The root object has no __call__, so obj(images) and hub.KerasLayer do not work.';
  return [remark, ...(leavesOut ? [leavesOut] : []), ...(remedy ? [remedy] : [])];
}

function valueRemarks({ variables }: SavedModel): readonly string[] {
  const lacking = variables.filter(({ stored }) => stored === undefined);
  const [first] = lacking;
  if (first === undefined) return [];
  return [`${lacking.length} of ${variables.length} variables have no stored value, such as ${first.path}.`];
}

function listRemarks({ listedVariables, trainableVariables }: SavedModel): readonly string[] {
  const lists = { variables: listedVariables, trainable_variables: trainableVariables };
  return Object.entries(lists).flatMap(([name, list]) =>
    (list ?? []).flatMap((item) => itemRemark(name, item)),
  );
}

function itemRemark(list: string, item: ListItem): readonly string[] {
  return item.kind === 'other' ? [`In .${list}: ${item.what}.`] : [];
}
