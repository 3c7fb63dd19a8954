import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { outputPlace } from '../../graph/ops/output-place.js';
import {
  type AttrValue,
  AttrValueSchema,
  FunctionDefSchema,
  GraphDefSchema,
  NodeDefSchema,
} from '../../savedmodel/gen/graph_pb.js';
import type { GraphNode, LibraryFunction, SavedModel } from '../../savedmodel/saved-model.js';
import { shapesIn } from './import-refusal.js';
import { attribute, encodeNode } from './nodes.js';

/**
 * A function of a library as a graph of its own, with placeholders for its arguments: what Python makes of each when it
 * loads a model. Undefined where it has an operation that is not known here. Source:
 * tensorflow/python/framework/function_def_to_graph.py.
 */
export function functionGraph(
  definition: LibraryFunction,
  { functions, graphVersions }: Pick<SavedModel, 'functions' | 'graphVersions'>,
): Uint8Array | undefined {
  const shapes = argumentShapes(definition);
  const placeholders = definition.inputs.map(({ name, dtype }, at) =>
    encodeNode({
      name,
      op: 'Placeholder',
      attributes: { dtype: attribute.type(dtype), shape: shapes[at] ?? attribute.shape(null) },
    }),
  );
  const places = new Places(definition, functions);
  const nodes = definition.nodes.map(({ bytes, inputs }) => {
    const flat = inputs.map((input) => places.of(input));
    return flat.includes(undefined) ? undefined : withInputs(bytes, flat as string[]);
  });
  if (nodes.includes(undefined)) return undefined;
  const node = [...placeholders, ...(nodes as Uint8Array[])];
  return toBinary(GraphDefSchema, create(GraphDefSchema, { node, versions: graphVersions }));
}

/** A graph of nothing but the library. */
export function libraryGraph({
  libraryBytes: library,
  graphVersions: versions,
}: Pick<SavedModel, 'libraryBytes' | 'graphVersions'>): Uint8Array {
  return toBinary(GraphDefSchema, create(GraphDefSchema, { library, versions }));
}

function withInputs(bytes: Uint8Array, input: string[]): Uint8Array {
  return toBinary(NodeDefSchema, { ...fromBinary(NodeDefSchema, bytes), input });
}

/** As they were traced, one for each argument; undefined where the function does not say, and for variables. */
function argumentShapes({ bytes, inputs }: LibraryFunction): readonly (AttrValue | undefined)[] {
  const { attr, argAttr } = fromBinary(FunctionDefSchema, bytes);
  const traced = shapesIn(attr._input_shapes);
  return inputs.map(({ dtype }, at) => {
    const [own] = shapesIn(argAttr[at]?.attr._output_shapes);
    const shape = own ?? (dtype === 'resource' ? undefined : traced[at]);
    return shape && create(AttrValueSchema, { value: { case: 'shape', value: shape } });
  });
}

/** Where a graph finds what a function calls by the name of an output. */
class Places {
  readonly #functions: SavedModel['functions'];
  readonly #nodes: ReadonlyMap<string, GraphNode>;

  constructor({ nodes }: LibraryFunction, functions: SavedModel['functions']) {
    this.#functions = functions;
    this.#nodes = new Map(nodes.map((node) => [node.name, node]));
  }

  of(reference: string): string | undefined {
    const [name = '', output, index = '0'] = reference.split(':');
    if (output === undefined) return reference.startsWith('^') ? reference : `${name}:0`;
    const node = this.#nodes.get(name);
    const place = node && this.#placeOf(node, output);
    return place === undefined ? undefined : `${name}:${place + Number(index)}`;
  }

  #placeOf(node: GraphNode, output: string): number | undefined {
    const called = this.#functions.get(node.op);
    if (called === undefined) return outputPlace(node, output);
    const place = called.outputs.findIndex(({ name }) => name === output);
    return place < 0 ? undefined : place;
  }
}
