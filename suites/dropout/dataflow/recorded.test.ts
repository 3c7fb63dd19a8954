import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Flow } from '../../../harness/graph/flow/flow.js';
import { ShapedGraph } from '../../../harness/graph/shapes/shaped-graph.js';
import { readSavedModel } from '../../../harness/savedmodel/reading/read.js';
import type { GraphNode, LibraryFunction, SavedModel } from '../../../harness/savedmodel/saved-model.js';
import { type Found, masksOn } from './masks.js';

const recorded = new URL('../../../../suites/dropout/dataflow/recorded/', import.meta.url);

for (const folder of readdirSync(recorded).filter((name) => name.startsWith('tensorflow-'))) {
  const model = await readSavedModel(fileURLToPath(new URL(folder, recorded)));
  const bare = withoutShapes(model);
  const names = [...model.methods.keys()];

  describe(folder, () => {
    test.each(names.filter((name) => name.startsWith('masked_')))('%s', (name) => {
      const { masks, doubts } = found(model, name);
      expect(masks).not.toEqual([]);
      expect(doubts).toEqual([]);
      const areSameForAllImages = found(bare, name);
      expect([...areSameForAllImages.masks, ...areSameForAllImages.doubts]).not.toEqual([]);
    });

    test.each(names.filter((name) => name.startsWith('kept_')))('%s', (name) => {
      const { masks, doubts } = found(model, name);
      expect(masks.map(({ path }) => path.map(({ node }) => node.op))).toEqual([]);
      expect(doubts).toEqual([]);
      expect(found(bare, name).masks.map(({ path }) => path.map(({ node }) => node.op))).toEqual([]);
    });
  });
}

function found(model: SavedModel, name: string): Found {
  const [concreteFunction] = model.methods.get(name)?.concreteFunctions ?? [];
  const flow = concreteFunction && new Flow(model, concreteFunction);
  const [output] = flow?.outputs ?? [];
  if (flow === undefined || output === undefined) throw new Error(`${name} has no concrete function.`);
  return masksOn(new ShapedGraph(flow, { at: 0, shape: [null, null, null, 8] }, model), output);
}

/** The same model, as if TensorFlow had noted no shapes in it. */
function withoutShapes(model: SavedModel): SavedModel {
  const functions = [...model.functions].map(([name, body]) => [name, bareFunction(body)] as const);
  return { ...model, functions: new Map(functions) };
}

function bareFunction(body: LibraryFunction): LibraryFunction {
  return { ...body, nodes: body.nodes.map(bareNode) };
}

function bareNode(node: GraphNode): GraphNode {
  const attributes = new Map(node.attributes);
  attributes.delete('_output_shapes');
  return { ...node, attributes };
}
