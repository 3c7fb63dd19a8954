import type { Images } from '../images/picture.js';
import type { Size } from '../images/size.js';
import type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { Batch } from '../verdict/batch.js';
import type { ModelImports } from './imports.js';

/** Keyword arguments of a call, as Python values. */
export type Arguments = Readonly<Record<string, number | boolean>>;

/** A call of the endpoint. */
export type Call = { readonly batch: Batch; readonly args?: Arguments };

/** One tensor of a result. */
export type Tensor = {
  /** As the function returns it, before anything is cast. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Row-major; empty when the dtype is not a number. */
  readonly values: Float32Array;
};

/**
 * The model under test, as checks see it. A check declares the smallest part that it needs, so that a test can fake it.
 * Calls start from the restored variables unless said otherwise.
 */
export interface Subject
  extends ModelFacts,
    ModelCalls,
    ModelPerturbation,
    ModelState,
    ModelGradients,
    ModelImports,
    ModelNoise {
  /** Calls made and the time that TensorFlow took for them, so far. */
  readonly spent: { readonly calls: number; readonly callMs: number };
}

/** What the model's files say; nothing is run. */
export interface ModelFacts {
  readonly model: SavedModel;
  /** The endpoint that the spec names; undefined when the model has none of that name. */
  readonly endpoint: Endpoint | undefined;
  /** The concrete function that a call with these arguments runs. @throws CallRefused */
  concreteFunctionFor(batch: Batch, args?: Arguments): ConcreteFunction;
  /**
   * Whether two calls run the same concrete function with the same values, so that they need not be compared. @throws
   * CallRefused
   */
  sameCall(batch: Batch, one: Arguments, other: Arguments): boolean;
}

/** Calls and their outputs. */
export interface ModelCalls {
  /**
   * The output of the call from freshly restored variables; the same call is made once and remembered.
   * @throws CallRefused, CallFailed: facts about the model. EngineError: inconclusive.
   */
  call(images: Images, args?: Arguments): Promise<Tensor>;
  /** Several calls in a row from the restored variables, with no reset in between, none remembered. */
  inARow(calls: readonly Call[]): Promise<Tensor[]>;
  /** Has the shapes of calls checked together, without failing; with `ahead`, other processes make them in advance for `call`. */
  expect(calls: readonly Call[], how?: { readonly ahead: boolean }): Promise<void>;
  /** Height and width of an image file. @throws EngineError when it can't be read or decoded */
  sizeOf(file: string): Promise<Size>;
  /** Whether this TensorFlow itself computes empty batches correctly; some releases get convolutions of them wrong. */
  computesEmptyBatches(): Promise<boolean>;
}

/** Variables that are perturbed, and by how many steps. */
export type Perturbation = ReadonlyMap<Variable, number>;

/** Calls whose variables were perturbed or not restored in between. */
export interface ModelPerturbation {
  /**
   * The same call for as long as the caller iterates, from the restored variables, with no reset in between: generators of
   * random numbers that are variables advance. Other calls must wait until it is done. `perturbation`: variables perturbed
   * before the first call, each by that many of the steps of `perturbed`.
   */
  again(call: Call, perturbation?: Perturbation): AsyncGenerator<Tensor, void>;
  /** The output of a call and the losses, after these variables were perturbed from their restored values. */
  perturbed(
    variables: readonly Variable[],
    call: Call,
  ): Promise<{ readonly output: Tensor; readonly losses: readonly Tensor[] }>;
}

/** The values of variables, and what depends on them alone. */
export interface ModelState {
  /** The variables that one call changes. */
  changedBy(batch: Batch, args?: Arguments): Promise<readonly Variable[]>;
  /** Of the floating-point variables watched, those that a call changes, these perturbed before it by so many steps. */
  changedFrom(
    perturbation: Perturbation,
    call: Call,
    watched: readonly Variable[],
  ): Promise<readonly Variable[]>;
  /**
   * What calls in a row from the restored variables return, and the values of variables after them: of those that they
   * change or, with `nodeIds`, of these.
   */
  outcomeOf(calls: readonly Call[], nodeIds?: readonly number[]): Promise<Outcome>;
  /** Makes calls in a row from the restored variables, or from these perturbed, then others, with no reset in between. */
  changesOver(
    first: readonly Call[],
    then: readonly Call[],
    perturbation?: Perturbation,
  ): Promise<SequenceChanges>;
  /**
   * The value of each regularization loss after these calls from the restored variables. @throws CallRefused for one
   * that needs arguments
   */
  lossesAfter(calls: readonly Call[]): Promise<Tensor[]>;
  /** Restored variables that hold NaN or infinity. */
  notFinite(): Promise<readonly Variable[]>;
}

/** What calls return and leave behind; `state`: values of floating-point variables, by node id. */
export type Outcome = {
  readonly outputs: readonly Tensor[];
  readonly state: ReadonlyMap<number, Float32Array>;
};

/** What two series of calls return and change, one after the other. */
export type SequenceChanges = {
  /** Of the calls of both. */
  readonly outputs: readonly Tensor[];
  /** Variables that are not after the first series as they were before it. */
  readonly byFirst: readonly Variable[];
  /** Variables that are not after the second as they were before it. */
  readonly byThen: readonly Variable[];
};

/** What training would do. */
export interface ModelGradients {
  /**
   * Gradients of one call and of the losses by the trainable variables, at the restored weights, and the output after
   * one step along them. @throws CallRefused, CallFailed: the call itself can't be made. EngineError
   */
  gradientsAt(call: Call): Promise<Gradients>;
}

/** The gradients of a call and of the losses, as far as they could be computed. */
export type Gradients = ComputedGradients | { readonly kind: 'unavailable'; readonly why: string };

export type ComputedGradients = {
  readonly kind: 'computed';
  readonly outputFinite: boolean;
  /** Operations without a gradient in TensorFlow's C library, a sentence each. */
  readonly lacking: readonly { readonly through: readonly string[]; readonly why: string }[];
  /** Types of operations at which gradients were cut, since the library has none; what lies behind is differentiated on its own. */
  readonly cut: readonly string[];
  /** Number of variables with a gradient up to such an operation only. */
  readonly partly: number;
  /** Number of variables whose gradient was computed wholly. */
  readonly variables: number;
  /** Those on which what is differentiated depends: their gradient is not 0. */
  readonly effective: readonly Variable[];
  /** Signs of gradients that are not finite where they could not be computed wholly, a clause each. */
  readonly suspected: readonly string[];
  /** Operations whose gradient raises an error in TensorFlow for what they are given, a clause each. */
  readonly raising: readonly string[];
  /** Gradients that hold NaN or infinity; `through`: what is differentiated, the output or losses. */
  readonly notFinite: readonly { readonly variable: Variable; readonly through: string }[];
  /** Operations on the way of a gradient that are applied where their derivative is infinite or undefined. */
  readonly singular: readonly SingularOperation[];
  /** Number of operations with such points that were observed. */
  readonly watched: number;
  /** Whether the output is finite after one step; undefined where no gradient of it was computed. */
  readonly finiteAfterStep: boolean | undefined;
};

/** An operation, by its type and its name in the graph, and the points where its derivative is infinite or undefined. */
export type SingularOperation = {
  readonly op: string;
  readonly name: string;
  readonly at: readonly number[];
  readonly through: string;
};

/** The precision of the model's outputs. */
export interface ModelNoise {
  /** Rounding noise of this model's outputs at inference, measured once. */
  noise(): Promise<Noise>;
}

/** How much rounding alone can change an output, and the tolerances that follow. */
export type Noise = {
  /** Largest difference that rounding of the input's last bit would make, carried through the model. */
  readonly floor: number;
  /** Largest absolute output observed in the measurement. */
  readonly scale: number;
  /** Differences up to this count as equal: absolute + relative · |expected|. */
  readonly tolerance: { readonly absolute: number; readonly relative: number };
  readonly source: 'measured' | 'spec';
};
