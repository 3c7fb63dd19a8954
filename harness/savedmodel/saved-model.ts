/**
 * The content of a SavedModel's files, without TensorFlow. Everything here is read from `saved_model.pb`
 * (its object graph and its function library) and off the checkpoint beside it.
 */
export type SavedModel = {
  /** Absolute path of the folder that holds `saved_model.pb`. */
  readonly folder: string;
  /** The version of TensorFlow that wrote it, by its own account; empty when it gives none. */
  readonly tensorflowVersion: string;
  /** Attributes of the root object by name: functions, variables, lists. */
  readonly rootNames: readonly string[];
  /** Methods of the root object that can be called, by name; `__call__` among them where there is one. */
  readonly methods: ReadonlyMap<string, Endpoint>;
  /** TF1-style signatures, by name: `serving_default` and so on. */
  readonly signatures: ReadonlyMap<string, Endpoint>;
  /** Every variable of the object graph, in the order of the graph's nodes. */
  readonly variables: readonly Variable[];
  /** What the root's `variables` list holds; undefined when the root has no such attribute. */
  readonly listedVariables?: readonly ListItem[];
  /** What the root's `trainable_variables` list holds; undefined when the root has no such attribute. */
  readonly trainableVariables?: readonly ListItem[];
  /** What the root's `regularization_losses` list holds; undefined when the root has no such attribute. */
  readonly losses?: readonly Loss[];
  /** Every captured object that is not a variable, by node id. */
  readonly resources: ReadonlyMap<number, Resource>;
  /** Every asset that is listed, captured or not: its path relative to the model's folder, as written there. */
  readonly assets: readonly string[];
  /** Every concrete function of some object, not only of the root. */
  readonly callables: readonly Callable[];
  /** The function that computes a custom gradient, by the `_gradient_op_type` of the operations that ask for it. */
  readonly customGradients: ReadonlyMap<string, string>;
  /** Functions of the library, by name. */
  readonly functions: ReadonlyMap<string, LibraryFunction>;
  /** Nodes of the main graph (constants that functions capture, savers), by name. */
  readonly graphNodes: ReadonlyMap<string, GraphNode>;
  /** Nodes of the main graph: the one that takes a path, and the starting points of saving and restoring; empty where there is none. */
  readonly saver: { readonly filename: string; readonly save: string; readonly restore: string };
  /** Nodes of the main graph that its signatures and collections name, such as the one that TensorFlow Serving runs at start. */
  readonly served: readonly string[];
  /** Nodes of the main graph that get the path of an asset when the model is loaded. */
  readonly assetNodes: readonly string[];
  /** Functions that compute the gradients of others. */
  readonly functionGradients: readonly string[];
  /** The FunctionDefLibrary's own bytes: every function, with the gradients registered for them. */
  readonly libraryBytes: Uint8Array;
  /** The GraphDef's VersionDef: which version of TensorFlow's graphs this one follows. */
  readonly graphVersions: { readonly producer: number; readonly minConsumer: number };
  /** Faults of the files that leave the model readable, as sentences: a truncated data file, for example. */
  readonly notes: readonly string[];
};

/** A concrete function and the attribute that holds it, as it would be written in Python: `words._initialize`. */
export type Callable = { readonly path: string; readonly concreteFunction: ConcreteFunction };

/** Something that can be called, with its concrete functions in the order that `hub.load` tries them. */
export type Endpoint = {
  readonly name: string;
  readonly nodeId: number;
  /** `bare`: a single concrete function, called by its own argument names. */
  readonly kind: 'polymorphic' | 'bare';
  readonly parameters: readonly Parameter[];
  /** The function takes `*args` or `**kwargs`. */
  readonly variadic: boolean;
  /** The function takes `*args`. */
  readonly anyPositional: boolean;
  /** The function takes `**kwargs`. */
  readonly anyKeyword: boolean;
  /** A bare function's arguments in Python, those that are not tensors included, where they were saved. */
  readonly pythonNames?: readonly string[];
  /** `input_signature` of its `tf.function`: arguments are converted to these before a concrete function is looked for. */
  readonly inputSignature?: readonly PythonValue[];
  readonly concreteFunctions: readonly ConcreteFunction[];
};

export type Parameter = {
  readonly name: string;
  readonly keywordOnly: boolean;
  /** Undefined: required. */
  readonly default?: PythonValue;
};

/** One concrete function: its traced signature and its result. */
export type ConcreteFunction = {
  /** Name of the function in the library. */
  readonly functionName: string;
  /** Positional arguments, in order, as traced. */
  readonly positional: readonly PythonValue[];
  readonly keyword: Readonly<Record<string, PythonValue>>;
  /** Object-graph node ids of the captures, in order, after the tensor arguments. */
  readonly captures: readonly number[];
  /** The structured result; its leaves are tensor specs, in the order of the function's outputs. */
  readonly output: PythonValue;
};

/** A Python value as SavedModel's StructuredValue stores it. */
export type PythonValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'dtype'; readonly value: string }
  | { readonly kind: 'shape'; readonly value: Shape }
  | TensorSpec
  | { readonly kind: 'list'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'tuple'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'dict'; readonly entries: Readonly<Record<string, PythonValue>> }
  | {
      readonly kind: 'named-tuple';
      readonly name: string;
      readonly entries: Readonly<Record<string, PythonValue>>;
    }
  /** A tensor's value as a default: a TensorProto's bytes. */
  | { readonly kind: 'tensor-value'; readonly bytes: Uint8Array }
  /** A type spec that is not a plain tensor: sparse, ragged, a variable … */
  | { readonly kind: 'type-spec'; readonly name: string };

export type TensorSpec = {
  readonly kind: 'tensor';
  readonly name: string;
  /** TensorFlow's own name: `float32`, `bfloat16`, `bool` … */
  readonly dtype: string;
  readonly shape: Shape;
};

/** Dimensions, null where unspecified; null alone is an unknown rank. */
export type Shape = readonly (number | null)[] | null;

export type Variable = {
  readonly nodeId: number;
  /** As given in Python, not unique. */
  readonly name: string;
  /** Its path from the root object, for messages: `layers[3].kernel`. */
  readonly path: string;
  readonly dtype: string;
  readonly shape: Shape;
  readonly trainable: boolean;
  /** Key in the checkpoint; undefined when the checkpoint has no value for it. */
  readonly checkpointKey?: string;
  /** What the checkpoint stores under that key. */
  readonly stored?: { readonly dtype: string; readonly shape: readonly number[] };
  /** The number that it is saved with, where it holds a single one. */
  readonly number?: number;
};

/** An element of a list on the root: a variable, or what stands in its place. */
export type ListItem =
  | { readonly kind: 'variable'; readonly nodeId: number }
  | { readonly kind: 'other'; readonly nodeId: number; readonly what: string };

export type Loss =
  | { readonly kind: 'function'; readonly endpoint: Endpoint }
  | { readonly kind: 'other'; readonly nodeId: number; readonly what: string };

export type Resource =
  /** Value of a Const node of the main graph. */
  | { readonly kind: 'constant'; readonly nodeId: number; readonly graphNode: string }
  /** A file under `assets/`; the path is relative to the model's folder, as written there. */
  | { readonly kind: 'asset'; readonly nodeId: number; readonly file: string }
  /** Made by a function and filled by another: a lookup table, an iterator … */
  | {
      readonly kind: 'created';
      readonly nodeId: number;
      readonly create: ConcreteFunction;
      readonly initialize?: ConcreteFunction;
      /** What a table that calls can change holds in the checkpoint. */
      readonly contents?: TableContents;
      readonly path: string;
    }
  | { readonly kind: 'unsupported'; readonly nodeId: number; readonly what: string };

/** The keys of a lookup table and their values, in the same order: two tensors of the checkpoint. */
export type TableContents = { readonly keys: StoredTensor; readonly values: StoredTensor };

export type StoredTensor = {
  readonly checkpointKey: string;
  readonly dtype: string;
  readonly shape: readonly number[];
};

export type LibraryFunction = {
  readonly name: string;
  /** Arguments: tensor arguments, then captures. */
  readonly inputs: readonly FunctionArgument[];
  readonly outputs: readonly FunctionArgument[];
  readonly nodes: readonly GraphNode[];
  /** Output name → `node:output:index` inside the function. */
  readonly returns: ReadonlyMap<string, string>;
  /** The FunctionDef's own bytes, passed through untouched. */
  readonly bytes: Uint8Array;
};

export type FunctionArgument = { readonly name: string; readonly dtype: string };

/** An operation in a graph or a function body. */
export type GraphNode = {
  readonly name: string;
  readonly op: string;
  /** As in NodeDef: `node`, `node:1`, `^control`; in functions `node:output:0`. */
  readonly inputs: readonly string[];
  readonly device: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** The NodeDef's own bytes. */
  readonly bytes: Uint8Array;
};

export type Attribute =
  /** `bytes`: where they are no UTF-8, so that the value does not hold them. */
  | { readonly kind: 'string'; readonly value: string; readonly bytes?: Uint8Array }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: string }
  | { readonly kind: 'shape'; readonly value: Shape }
  /** A TensorProto's bytes, undecoded. */
  | { readonly kind: 'tensor'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'function';
      readonly name: string;
      /** What the function is bound to, where there is anything: further functions, for example. */
      readonly attributes?: ReadonlyMap<string, Attribute>;
    }
  | { readonly kind: 'list'; readonly items: readonly Attribute[] }
  | { readonly kind: 'other' };
