import path from 'node:path';
import type { Resource, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { call, identity, type Node, stringConstant } from './nodes.js';
import type { Table } from './tables.js';
import { handleOf } from './variables.js';

/** A captured object that the lowering cannot make; the message names it. */
export class UnsupportedCapture extends Error {
  constructor(what: string) {
    super(`The call captures ${what}, which cannot be made here.`);
    this.name = 'UnsupportedCapture';
  }
}

/** What the functions of one model capture, lowered at first use. */
export type Captures = {
  readonly model: SavedModel;
  readonly variables: ReadonlyMap<number, Variable>;
  /** Node that gives each capture made so far. */
  readonly made: Map<number, string>;
  readonly nodes: Node[];
  /** Tables whose contents are restored with the variables. */
  readonly tables: Table[];
  /** NodeDefs of the original graph, copied. */
  readonly copied: Set<string>;
};

export function capturesOf(model: SavedModel): Captures {
  const variables = new Map(model.variables.map((variable) => [variable.nodeId, variable]));
  return { model, variables, made: new Map(), nodes: [], tables: [], copied: new Set() };
}

/**
 * The name of the tensor that stands for a captured object.
 * @throws UnsupportedCapture
 */
export function captureInput(captures: Captures, nodeId: number): string {
  const variable = captures.variables.get(nodeId);
  if (variable) return handleOf(variable);
  const known = captures.made.get(nodeId);
  if (known !== undefined) return known;
  const resource = captures.model.resources.get(nodeId);
  if (!resource) throw new UnsupportedCapture(`object ${nodeId}, which the object graph does not describe`);
  const name = make(captures, resource);
  captures.made.set(nodeId, name);
  return name;
}

function make(captures: Captures, resource: Resource): string {
  switch (resource.kind) {
    case 'constant':
      if (!captures.model.graphNodes.has(resource.graphNode))
        throw new UnsupportedCapture(`the constant ${resource.graphNode}, which the graph does not hold`);
      captures.copied.add(resource.graphNode);
      return resource.graphNode;
    case 'asset': {
      const name = `assay/asset/${resource.nodeId}`;
      captures.nodes.push(stringConstant(name, path.join(captures.model.folder, resource.file)));
      return name;
    }
    case 'created':
      return makeByFunction(captures, resource);
    case 'unsupported':
      throw new UnsupportedCapture(resource.what);
  }
}

/** The handle comes out of an Identity that waits for the initialiser, so that whoever uses it finds it filled. */
function makeByFunction(captures: Captures, resource: Extract<Resource, { kind: 'created' }>): string {
  const base = `assay/resource/${resource.nodeId}`;
  const create = functionOf(captures, resource.create.functionName);
  captures.nodes.push(
    call(
      `${base}/create`,
      create,
      resource.create.captures.map((id) => captureInput(captures, id)),
    ),
  );
  const { nodeId, path: place, contents } = resource;
  if (contents) captures.tables.push({ nodeId, path: place, handle: `${base}/create:0`, contents });
  if (!resource.initialize) return `${base}/create:0`;
  captures.made.set(resource.nodeId, `${base}/create:0`);
  const initialize = functionOf(captures, resource.initialize.functionName);
  captures.nodes.push(
    call(
      `${base}/initialize`,
      initialize,
      resource.initialize.captures.map((id) => captureInput(captures, id)),
    ),
  );
  captures.nodes.push(identity(base, `${base}/create:0`, 'resource', [`${base}/initialize`]));
  return base;
}

function functionOf(captures: Captures, name: string) {
  const definition = captures.model.functions.get(name);
  if (!definition)
    throw new UnsupportedCapture(`a resource made by ${name}, which the library does not hold`);
  return definition;
}
