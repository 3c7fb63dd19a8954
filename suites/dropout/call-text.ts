import type { Call } from '../../harness/engine/subject.js';
import type { Operation } from '../../harness/graph/flow/symbolic-tensor.js';
import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type { Mask } from './dataflow/masks.js';

/** `training=True, dropout_rate=0.9`; `images alone` without arguments. */
export function callText({ args = {} }: Pick<Call, 'args'>): string {
  return argumentsInWords(args) || 'images alone';
}

/**
 * From the random operation to the output: the random one and the one where it meets the images with their names in
 * the graph, the others by their type.
 */
export function pathText({ changes, path, meets }: Mask): string {
  const named = path.map((operation, at) =>
    at === 0 || at === meets ? nameText(operation, at === 0 ? undefined : path[0]) : operation.node.op,
  );
  const before = shortened(named.slice(1, meets));
  const after = shortened(named.slice(meets + 1).filter((op) => op !== 'Identity'));
  const ends = [named[0], ...before, ...(meets > 0 ? [named[meets]] : []), ...after, 'output'];
  return ends.join(' → ') + (changes === 'rows' ? ', for all units of an image at once' : '');
}

/** The function is left out where it is the same as before. */
function nameText({ node, callSite }: Operation, before: Operation | undefined): string {
  const inside = before?.callSite === callSite ? '' : ` in ${callSite.body.name}`;
  return `${node.op} (${node.name}${inside})`;
}

function shortened(ops: readonly string[]): readonly string[] {
  return ops.length > 5 ? [...ops.slice(0, 2), '…', ...ops.slice(-2)] : ops;
}
