import { damaged, decode } from '../decode.js';
import { dtypeName } from '../dtypes.js';
import type { OpDef_ArgDef } from '../gen/graph_pb.js';
import {
  FunctionDefLibrarySchema,
  FunctionDefSchema,
  GradientDefSchema,
  NodeDefSchema,
  RegisteredGradientSchema,
} from '../gen/graph_pb.js';
import { lazy } from '../lazy.js';
import type { FunctionArgument, GraphNode, LibraryFunction } from '../saved-model.js';
import { attributeOf } from './attribute.js';
import { requireReferences } from './library-references.js';
import { requireAttributesOnce, requireOnce } from './once.js';

/**
 * The functions of a library, by name. Throws NotASavedModel where Python could not load one.
 */
export function libraryOf(bytes: Uint8Array): ReadonlyMap<string, LibraryFunction> {
  const library = decode(FunctionDefLibrarySchema, bytes, 'its function library');
  const functions = new Map(library.function.map(functionOf).map((made) => [made.name, made]));
  if (functions.size < library.function.length) throw damaged('its library has two functions of one name');
  requireReferences(functions.values());
  return functions;
}

/** The functions that a library registers as custom gradients, by the type that operations ask for. */
export function customGradientsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const { registeredGradients } = decode(FunctionDefLibrarySchema, bytes, 'its function library');
  const registered = registeredGradients.map((gradient) =>
    decode(RegisteredGradientSchema, gradient, 'a custom gradient'),
  );
  return new Map(registered.map(({ registeredOpType, gradientFunc }) => [registeredOpType, gradientFunc]));
}

/** The functions that a library names as gradients of other functions. */
export function functionGradientsOf(bytes: Uint8Array): readonly string[] {
  const { gradient } = decode(FunctionDefLibrarySchema, bytes, 'its function library');
  return gradient.map((one) => decode(GradientDefSchema, one, 'a gradient').gradientFunc);
}

/** An operation from its NodeDef's bytes. */
export function graphNodeOf(bytes: Uint8Array): GraphNode {
  const { name, op, input, device, attr } = decode(NodeDefSchema, bytes, 'an operation of its graph');
  requireAttributesOnce(bytes, name);
  const attributes = lazy(
    () => new Map(Object.entries(attr).map(([key, value]) => [key, attributeOf(value)])),
  );
  return {
    name,
    op,
    inputs: input,
    device,
    get attributes() {
      return attributes();
    },
    bytes,
  };
}

function functionOf(bytes: Uint8Array): LibraryFunction {
  const { signature, nodeDef, ret } = decode(FunctionDefSchema, bytes, 'a function of its library');
  requireOnce(bytes, [1], 'a function of its library');
  requireAttributesOnce(bytes, signature?.name ?? '');
  const nodes = lazy(() => nodeDef.map(graphNodeOf));
  return {
    name: signature?.name ?? '',
    inputs: signature?.inputArg.map(argumentOf) ?? [],
    outputs: signature?.outputArg.map(argumentOf) ?? [],
    get nodes() {
      return nodes();
    },
    returns: new Map(Object.entries(ret)),
    bytes,
  };
}

function argumentOf({ name, type }: OpDef_ArgDef): FunctionArgument {
  return { name, dtype: dtypeName(type) };
}
