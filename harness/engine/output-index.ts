import type { Contract } from '../contract/contract.js';
import type { ConcreteFunction, PythonValue } from '../savedmodel/saved-model.js';

/** Which tensor of a concrete function's flat result the contract is about: the only one, or the one that a signature names. */
export function outputIndex(concreteFunction: ConcreteFunction, endpoint: Contract['endpoint']): number {
  if (endpoint.kind === 'method' || concreteFunction.output.kind !== 'dict') return 0;
  return Object.keys(concreteFunction.output.entries).sort().indexOf(endpoint.output);
}

/** Whether the result has the tensor that the contract is about: the parts of a ragged one, say, are none. */
export function tensorIn(concreteFunction: ConcreteFunction, endpoint: Contract['endpoint']): boolean {
  const leaf = leavesOf(concreteFunction.output)[outputIndex(concreteFunction, endpoint)];
  return leaf?.value.kind === 'tensor';
}

/** The tensors of a structured result, in flat order, each with its place; dictionary keys sorted as `tf.nest` does. */
export function leavesOf(
  value: PythonValue,
  path = '',
): { readonly path: string; readonly value: PythonValue }[] {
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
    case 'dict':
    case 'named-tuple':
      return Object.keys(value.entries)
        .sort()
        .flatMap((key) => leavesOf(value.entries[key] ?? { kind: 'none' }, `${path}["${key}"]`));
    default:
      return [{ path, value }];
  }
}
