import { damaged } from '../decode.js';
import type { LibraryFunction } from '../saved-model.js';

/**
 * Python converts every function of the library when it loads a model, whether anything calls it or not, and fails where
 * one takes or gives what it does not have. Source: tensorflow/python/framework/function_def_to_graph.py. Throws
 * NotASavedModel.
 */
export function requireReferences(functions: Iterable<LibraryFunction>): void {
  for (const { name, inputs, nodes, returns } of functions) {
    const given = new Set(inputs.map((input) => input.name));
    const made = new Set(nodes.map((node) => node.name));
    if (made.size < nodes.length) throw damaged(`its function ${name} has two operations of one name`);
    const has = (reference: string) => {
      const [from = '', output] = reference.replace(/^\^/, '').split(':');
      return output === undefined && given.has(from) ? true : made.has(from);
    };
    for (const node of nodes) {
      const missing = node.inputs.find((input) => !has(input));
      if (missing !== undefined)
        throw damaged(`${node.name} in its function ${name} takes ${missing}, which does not exist`);
    }
    const missing = [...returns.values()].find((reference) => !has(reference));
    if (missing !== undefined) throw damaged(`its function ${name} gives ${missing}, which does not exist`);
  }
}
