import type { Images } from '../../images/picture.js';
import type { Size } from '../../images/size.js';
import type { Imports } from '../imports.js';
import type { Arguments, Call, Gradients, Noise, Tensor } from '../subject.js';
import type { Steps } from './sound-output.js';

/** The output of a fake model for one call; it may throw CallFailed, CallRefused or EngineError, as the engine does. */
export type FakeAnswer = (images: Images, args: Arguments, about: CallSituation) => Tensor;

/** What an answer may depend on besides its images and arguments. */
export type CallSituation = {
  /** The output of a sound model for these images: float32 [count, outputSize], from the pixels of each image alone. */
  readonly sound: Tensor;
  /** Calls made since the variables were restored: 0 for the first. */
  readonly earlier: number;
  /** The next number in [0, 1) of a generator that goes on from call to call, the same in every test. */
  readonly random: () => number;
  /** Variables that were perturbed from their restored values, by path, and by how many steps. */
  readonly steps: Steps;
};

/** Faults of a fake model when it runs; parts that are left out are sound. */
export type FakeBehavior = {
  /** Outputs of calls. Arguments that were left out have their defaults. */
  readonly call?: FakeAnswer;
  /**
   * What the regularization losses give after these calls. Default: for each loss of the model, how far its variables
   * were perturbed.
   */
  readonly losses?: (calls: readonly Call[]) => readonly Tensor[];
  /**
   * Values of the variables that a call changes, after it, by path. `earlier`: calls made since the variables were
   * restored; `steps`: variables perturbed before. Default: none is changed.
   */
  readonly changes?: (
    images: Images,
    args: Arguments,
    earlier: number,
    steps: Steps,
  ) => Readonly<Record<string, readonly number[]>>;
  /** Gradients of a call and of the losses. Default: finite. */
  readonly gradients?: (call: Call) => Gradients;
  /** Paths of variables that hold NaN or infinity. Default: none. */
  readonly notFinite?: readonly string[];
  /** Default: measured on the answers. */
  readonly noise?: Noise;
  /** Size of each image file, by its path. Any other can't be read. */
  readonly pictures?: Readonly<Record<string, Size>>;
  /** Whether this TensorFlow gets empty batches right. Default: it does. */
  readonly computesEmptyBatches?: boolean;
  /** What importing the model's functions gives. Default: all are accepted. */
  readonly imports?: Imports;
};
