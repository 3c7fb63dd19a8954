/** One row of the catalogue: what an operation of TensorFlow does, whatever its place in a graph. */
export type OperationFacts = {
  readonly name: string;
  /** Not in TensorFlow's own library: an operation of Python's tests, or of an extension. */
  readonly only?: 'Python' | 'TensorRT';
  /** The last TensorFlow, of those looked at, that has it. */
  readonly until?: string;
  /** Its inputs, as `x:T values:N*T args:[Tin] ref:T& axis:Tidx=int32`: lists of one type, of several, references, defaults. */
  readonly takes: string;
  /** Its outputs, written alike. */
  readonly gives: string;
  /** TensorFlow may neither leave it out nor run it twice. */
  readonly stateful?: true;
  /** The default of its `data_format`, where it has one. */
  readonly layout?: string;
  /** How gradients pass it. Left out: TensorFlow knows of none, and raises LookupError. */
  readonly gradient?: Gradient;
  /** Outputs that take a gradient, where not all of them do. */
  readonly from?: readonly string[];
  readonly units: UnitsClass;
  /** The one input whose values `units` is about; left out: all, or the first for 'keeps'. */
  readonly of?: string;
  readonly acts?: Acts;
  /** The input that the result has the shape of. */
  readonly like?: string;
  /** The input that holds the result's shape. */
  readonly held?: string;
  readonly random?: Random;
  readonly outside?: readonly Outside[];
  readonly makes?: readonly StateKind[];
  readonly reads?: readonly StateKind[];
  readonly writes?: readonly StateKind[];
  /** TensorFlow's file that shows what neither registry nor name do. */
  readonly source?: string;
};

export type Gradient =
  /** Registered as not differentiable. */
  | 'none'
  /** Its gradient function raises an error. */
  | 'refuses'
  /** Inputs that may get one; the others get none, or zeros. */
  | readonly string[];

/** What becomes of the units of what an operation takes: of the features or classes along the last axis. */
export type UnitsClass =
  /** The values as they are, at their own places. */
  | 'same'
  /** Each value from the values at its own place, smaller tensors spread from the last axis. */
  | 'elementwise'
  /** One input gives each unit its own values; others are sizes, places, windows, or statistics of the whole row. */
  | 'keeps'
  /** Over the axes that the second input names. */
  | 'reduces'
  /** Over groups of the first axis. */
  | 'segments'
  /** Running sums along the axes that the second input names. */
  | 'accumulates'
  /** The same values in another shape, order, selection or encoding. */
  | 'reshapes'
  /** Several inputs, or axes named by attributes, decide which unit comes from where. */
  | 'combines'
  /** Sums of products of two inputs: matrix products and convolutions. */
  | 'contracts'
  /** Each value from several units, by the operation itself. */
  | 'mixes'
  /** The shape of what it takes, and no value. */
  | 'shape-only'
  /** Takes nothing that its values come from: constants, placeholders, handles. */
  | 'source'
  /** Random numbers, whatever it takes. */
  | 'draws'
  /** What a function that it names gives. */
  | 'calls'
  /** What an object outside the graph holds: a queue, a table, a file. */
  | 'from-state'
  /** Nothing, or nothing but handles, datasets and texts. */
  | 'none'
  /** Hidden in code or bytes, on other devices, or of TensorFlow's own tests. */
  | 'unknown';

/** What it does with the values, where that distinguishes masks from other numbers. */
export type Acts =
  /** Where one of its inputs is dropped, the others stay. */
  | 'adds'
  /** Decides for each place anew, by what is there in all of its inputs. */
  | 'compares'
  /** Its first input decides which of the others to take. */
  | 'chooses'
  /** Few values out of many. */
  | 'rounds';

export type Random = {
  readonly by: /** Something else each run, from numbers that TensorFlow draws itself. */
    | 'kernel'
    /** Something else each run, since the run moves a generator on that it is given. */
    | 'generator'
    | 'clock'
    /** The same whenever the inputs named by `seeds` are. */
    | 'seed'
    /** By code or bytes that cannot be looked into, if at all. */
    | 'unseen';
  readonly seeds?: readonly string[];
  readonly unless?: Condition;
};

/** What it does outside of the process and its memory. */
export type Outside = { readonly does: Effect; readonly unless?: Condition };

export type Effect =
  | 'reads-files'
  | 'lists-files'
  | 'writes-files'
  | 'caches-in-files'
  | 'prints'
  | 'prints-into-file'
  | 'reads-vocabulary'
  | 'reads-message-type'
  | 'configures-files'
  | 'sends-to-address'
  | 'network'
  | 'other-processes'
  | 'other-device'
  | 'ends-process'
  | 'python'
  /** Builds a graph from a text and runs it. */
  | 'hidden-graph'
  /** Runs code that is not in the graph: a compiled module, an engine, a library's function. */
  | 'opaque';

/** A text that an attribute has, or that an input holds as a constant. A missing attribute reads as empty. */
export type Condition = {
  readonly attribute?: string;
  readonly input?: string;
  /** A regular expression that the whole text matches. */
  readonly is: string;
};

/** Objects that outlive an operation, and most of them a run. */
export type StateKind =
  | 'accumulator'
  | 'barrier'
  | 'batch'
  | 'communicator'
  | 'dataset-cache'
  | 'dataset-service'
  | 'device'
  | 'engine'
  | 'generator'
  | 'iterator'
  | 'mutex'
  | 'queue'
  | 'reader'
  | 'resource'
  | 'rpc'
  | 'sampler'
  | 'seed-generator'
  | 'session'
  | 'sparse-tensors'
  | 'stack'
  | 'staging-area'
  | 'statistics'
  | 'summary-writer'
  | 'table'
  | 'tensor-array'
  | 'thread-pool'
  | 'trees'
  | 'unseen'
  | 'variable';
