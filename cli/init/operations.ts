import type { GraphNode, SavedModel } from '../../harness/savedmodel/saved-model.js';

/** Every operation that a function of the library reaches, through the functions that it calls; each once. */
export function operationsOf(model: SavedModel, functionName: string): string[] {
  const seen = new Set<string>();
  const operations = new Set<string>();
  const waiting = [functionName];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const nodes = model.functions.get(name)?.nodes ?? [];
    for (const node of nodes) operations.add(node.op);
    waiting.push(...nodes.flatMap(calledBy));
  }
  return [...operations];
}

/**
 * The operation that makes an output of a function, whatever passes it on; empty when it cannot be followed.
 * `output` names it where there are several; otherwise the first is taken.
 */
export function lastOperation(model: SavedModel, functionName: string, output: string): string {
  const made = model.functions.get(functionName);
  const source = made?.returns.get(output) ?? made?.returns.values().next().value;
  return source === undefined ? '' : operationAt(model, functionName, source);
}

function operationAt(model: SavedModel, functionName: string, source: string): string {
  const [name = '', , index = '0'] = source.split(':');
  const node = model.functions.get(functionName)?.nodes.find((one) => one.name === name);
  if (node === undefined) return '';
  const [input] = node.inputs;
  if (node.op === 'Identity' && input !== undefined) return operationAt(model, functionName, input);
  const [called] = calledBy(node);
  if (called === undefined || !node.op.endsWith('PartitionedCall')) return node.op;
  const inner = [...(model.functions.get(called)?.returns.values() ?? [])][Number(index)];
  return inner === undefined ? '' : operationAt(model, called, inner);
}

function calledBy(node: GraphNode): string[] {
  return [...node.attributes.values()].flatMap((attribute) =>
    attribute.kind === 'function' ? [attribute.name] : [],
  );
}
