import type { ColorRange } from '../../contract/contract.js';
import type { Images } from '../../images/picture.js';

/** What the engine's process receives at its start. */
export type Start = {
  /** The native addon, `tfjs_binding.node`. */
  readonly addon: string;
  /** The lowered SavedModel. */
  readonly folder: string;
  /** The model itself, whose files the lowered one names. */
  readonly model: string;
  readonly colorRange: ColorRange;
  /** Load no model: only graphs are imported, or gradients added to them. */
  readonly graphsOnly?: true;
  /** Load TensorFlow, and the model once a message `Begin` says that it is written. */
  readonly waits?: true;
};

export type Begin = { readonly begin: true };

/** One run of a session. Images are passed as descriptions; the pixels are made on the other side. */
export type SessionRun = {
  readonly images?: { readonly feed: string; readonly batch: Images };
  readonly values: readonly FedValue[];
  /** Nodes to fetch, each its first output. */
  readonly fetch: readonly string[];
  /** The folder of another model beside the lowered one, loaded at its first run; left out: the lowered one. */
  readonly in?: string;
  /** Other models beside the lowered one are discarded before this one is loaded. */
  readonly alone?: boolean;
};

/** Gradients to be added to a graph as nodes, by our own addon. */
export type GradientRequest = {
  /** The file of the addon. */
  readonly addon: string;
  readonly graphDef: Uint8Array;
  readonly ys: readonly string[];
  /** The tensor that each gradient begins with. */
  readonly dys: readonly string[];
  readonly xs: readonly string[];
  /** Of the names of the nodes that are added. */
  readonly prefix: string;
};

/** Functions to be imported, each as a graph, by our own addon. */
export type ImportRequest = {
  /** The file of the addon. */
  readonly addon: string;
  /** A GraphDef with the library that the functions call. */
  readonly library: Uint8Array;
  readonly graphs: readonly Uint8Array[];
};

/** A fed argument that is not the images; values row-major. */
export type FedValue = {
  readonly feed: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | boolean | string | Uint8Array)[];
};

export type Fetched = {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
};

/**
 * `runs`: several runs, one after the other; the answer has the tensors of all. `load`: a folder to load and discard, to see whether
 * TensorFlow accepts it. `measure`: an image file whose shape is needed.
 */
export type SessionWork =
  | SessionRun
  | { readonly runs: readonly SessionRun[] }
  | GradientRequest
  | ImportRequest
  | { readonly load: string }
  | { readonly measure: string };

export type Request = { readonly id: number; readonly work: SessionWork };

/** What a process says first. */
export type FirstReply =
  | { readonly kind: 'ready'; readonly tensorflow: string }
  /** The addon, or TensorFlow behind it, could not be loaded. */
  | { readonly kind: 'no-tensorflow'; readonly message: string }
  /** The process may not read a file of the model. */
  | { readonly kind: 'inaccessible'; readonly message: string }
  /** The model could not be loaded; `message` is TensorFlow's. */
  | { readonly kind: 'unloadable'; readonly message: string };

export type Reply =
  | FirstReply
  | {
      readonly kind: 'fetched';
      readonly id: number;
      /** Of a graph with gradients: its bytes. */
      readonly tensors: readonly Fetched[];
      /**
       * Of gradients: for each x the tensor that holds its own; null where no y depends on it. Of imported functions: why
       * TensorFlow refuses each; null where it does not.
       */
      readonly texts?: readonly (string | null)[];
      readonly callMs: number;
    }
  /** `unreadable`: an image file can't be read or decoded. `no-tensorflow`: our own addon can't be loaded. */
  | {
      readonly kind: 'undecided';
      readonly id: number;
      readonly failure: 'unreadable' | 'no-tensorflow';
      readonly message: string;
    }
  /** TensorFlow refused or failed inside the run; `before`: how many of several runs were done before. */
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly message: string;
      readonly callMs: number;
      readonly before: number;
    };
