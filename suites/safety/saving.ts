import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { mayBeRunOtherwise, nodeOf, runnersOf, upstreamOf } from './runners.js';
import type { Site } from './sites.js';
import { isToldPath } from './told-path.js';

/** How many of its first inputs are paths, and which half of the saver it belongs to. */
const savers: Readonly<Record<string, { readonly paths: number; readonly half: 'save' | 'restore' }>> = {
  SaveV2: { paths: 1, half: 'save' },
  MergeV2Checkpoints: { paths: 2, half: 'save' },
  RestoreV2: { paths: 1, half: 'restore' },
};

/**
 * Whether an operation only saves or restores the variables, where its caller says: a saver has to, and nothing runs it here. It must
 * be run by its half of the saver and by nothing else, whatever way leads to it, with the path that the saver is told.
 */
export function savesWhereToldTo(model: SavedModel, { node, functionName }: Site): boolean {
  const saver = Object.hasOwn(savers, node.op) ? savers[node.op] : undefined;
  if (saver === undefined) return false;
  const runners = functionName === undefined ? undefined : runnersOf(model, functionName);
  if (runners && mayBeRunOtherwise(model, runners.functions)) return false;
  const nodes = new Set(runners ? runners.nodes.map(({ name }) => name) : [node.name]);
  const paths = node.inputs.slice(0, saver.paths);
  return (
    isRunOnlyBy(model, nodes, saver.half) && paths.every((path) => isToldPath(model, path, functionName))
  );
}

/** Whether these nodes of the main graph run for one half of the saver, and for nothing else that anybody runs. */
function isRunOnlyBy(model: SavedModel, nodes: ReadonlySet<string>, half: 'save' | 'restore'): boolean {
  const { graphNodes, saver, served } = model;
  const own = upstreamOf(model, saver[half]);
  const other = upstreamOf(model, saver[half === 'save' ? 'restore' : 'save']);
  const within = [...nodes].every((name) => own.has(name) && !other.has(name));
  if (nodes.size === 0 || !within || graphNodes.get(saver.filename)?.op.startsWith('Placeholder') !== true)
    return false;
  const leads = (name: string) => [...upstreamOf(model, name)].some((one) => nodes.has(one));
  const users = [...graphNodes.values()].filter(
    ({ name, inputs }) => !own.has(name) && inputs.some((input) => nodes.has(nodeOf(input))),
  );
  return users.length === 0 && !served.some(leads);
}
