import type { Origin, SymbolicTensor } from '../../../harness/graph/flow/symbolic-tensor.js';
import type { Dependence } from '../../../harness/graph/randomness/dependence.js';
import { type Graph, type Result, resultKey } from '../../../harness/graph/shapes/graph.js';
import { unitFlow } from '../../../harness/graph/units/flow-into.js';
import { narrowed, sameForAll, type Units } from '../../../harness/graph/units/units.js';

/** Other units, or those of other images: `x[:, :4]` is not `x`. */
const selecting: ReadonlySet<string> = new Set(
  `Gather GatherNd GatherV2 RandomShuffle Reverse ReverseSequence ReverseV2 Roll Slice Split SplitV StridedSlice
  Unpack`.match(/\w+/g),
);

/**
 * Names what a value is made of that depends on the images and not on chance: the same for `x`, `2 · x` and `relu(x)`,
 * and another for each layer.
 */
export function contentName(graph: Graph, dependence: Dependence, origin: Origin, units: Units): string {
  const around: ((name: string) => string)[] = [];
  const seen = new Set<string>();
  let [at, taken] = [origin, units];
  while (at.kind === 'result' && !seen.has(resultKey(at))) {
    seen.add(resultKey(at));
    const before = onlyContent(graph, dependence, at, taken);
    if (before === undefined) break;
    around.push(selectionOf(graph, at));
    [at, taken] = [before.origin, before.units];
  }
  const innermost = at.kind === 'result' ? resultKey(at) : 'images';
  return around.reduceRight((name, wrap) => wrap(name), innermost);
}

/** How the contents of an operation's input are called in its result. */
export function selectionOf(graph: Graph, result: Result): (name: string) => string {
  const { operation, output, index } = result;
  if (isTransform(operation.node.op)) return (name) => (name.startsWith('~') ? name.slice(1) : `~${name}`);
  if (operation.node.op === 'DepthwiseConv2dNative') return (name) => `${resultKey(result)} (${name})`;
  if (!selecting.has(operation.node.op)) return (name) => name;
  const numbers = graph.inputsOf(operation).map((_, at) => graph.inputNumbers(operation, at)?.join() ?? '');
  return (name) => `${operation.node.op} ${output}:${index} ${numbers.join(' ')} (${name})`;
}

/** Whether a name is that of the images, or of a part of them, and not of a layer's result. */
export function isImages(content: string): boolean {
  return /(^|\()images\)*$/.test(content);
}

/** Whether a name is that of a Fourier transform's result, and no inverse has followed. */
export function isSpectrum(content: string): boolean {
  return content.split('~').length % 2 === 0;
}

/** A Fourier transform, or its inverse. */
export function isTransform(op: string): boolean {
  return /^I?R?FFT(2D|3D|ND)?$/.test(op);
}

type Before = { readonly origin: Origin; readonly units: Units };

/** The one input that depends on the images and has values for each unit; undefined where there is none or are several. */
function onlyContent(graph: Graph, dependence: Dependence, result: Result, units: Units): Before | undefined {
  const flow = unitFlow(graph, result, units);
  if (flow.kind !== 'separate') return undefined;
  const inputs = graph.inputsOf(result.operation);
  const found = flow.inputs.flatMap((input) => {
    const tensor = inputs[input.position];
    return tensor ? contentsOf(graph, dependence, tensor, input.units) : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

function contentsOf(graph: Graph, dependence: Dependence, tensor: SymbolicTensor, units: Units): Before[] {
  return graph.flow
    .originsOf(tensor)
    .filter((origin) => dependence.of(origin).images)
    .map((origin) => ({ origin, units: narrowed(units, graph.shapeOfOrigin(origin)) }))
    .filter((each) => !sameForAll(each.units));
}
