import type { Finding } from '../verdict/run.js';

/**
 * What can keep a check, or one of its cases, from being decided; some check answers for each kind. In the order in which
 * these checks run: each leans on those before it.
 */
export const causeKinds = [
  /** The files are not a TensorFlow 2 SavedModel. */
  'not-a-saved-model',
  /** They could not be read, for a reason that is no fault of the model. */
  'unreadable',
  /** An archive that would write outside the folder that it is unpacked into. */
  'unsafe-archive',
  /** The model has no endpoint of the name that the spec gives, or one without a concrete function. */
  'no-endpoint',
  /** The model fails a check of safety, and is not run. */
  'unsafe',
  /** An operation of the model runs what is not in the graph; of: its name. */
  'opaque-operation',
  /** TensorFlow cannot run it here; of: why. */
  'cannot-run',
  /** The model has an operation that this TensorFlow lacks; of: its name. */
  'operation-missing',
  /** No concrete function takes such images. */
  'images-refused',
  /** One takes the images, but none with the defaults of the other arguments. */
  'defaults-refused',
  /** There is no list of trainable variables, or nothing in it. */
  'no-trainable-variables',
  /** A random mask on the output, found in the graph. */
  'random-mask',
  /** A variable has no value; of: its path. */
  'value-missing',
  /** The result is not one tensor. */
  'wrong-structure',
  /** The call fails, and runs with another number of images of that size; of: the concrete function, as for all below. */
  'batch-failed',
  /** It fails over what the images show: as many others of that size run. */
  'contents-failed',
  /** It fails for any number of images of a size. */
  'size-failed',
  /** No concrete function takes the value of `training`. */
  'training-refused',
  /** The call fails with a value of `training`, and runs without. */
  'training-failed',
  /** The result holds no float32 numbers. */
  'wrong-dtype',
  /** It has not one row for each image, or not the declared number of columns. */
  'wrong-shape',
  /** It holds NaN or infinity. */
  'not-finite',
  /** The same call gives other rows each time. */
  'random-rows',
  /** Its rows depend on the other images. */
  'dependent-rows',
  /** The call changes variables at inference. */
  'changed-variables',
  /** The call without `training` gives other rows than with False. */
  'other-default',
  /** The call changes trainable variables in training. */
  'changed-weights',
  /** No concrete function takes these hyperparameters; of: their names. */
  'hyperparameter-refused',
  /** The call fails with a hyperparameter, and runs without. */
  'hyperparameter-failed',
  /** The result holds NaN or infinity, or the call fails, after other calls and not at first. */
  'not-finite-later',
] as const;

export type CauseKind = (typeof causeKinds)[number];

/** What a failed check explains: calls and outputs of which this very cause keeps others from saying anything. */
export type Explained = {
  readonly kind: CauseKind;
  /** Which concrete function, argument or variable; empty where the model has only one such thing. */
  readonly of: string;
};

/** Why there is nothing to decide, for which another check answers. */
export type Cause = Explained & {
  /** Size of the images with which a call fails. */
  readonly at?: { readonly height: number; readonly width: number };
  /** What a finding over it says, where it is not what any call is expected to give. */
  readonly finding?: Pick<Finding, 'expected' | 'remedy'>;
  /** The check that tells of it, where the kind alone does not say so. */
  readonly by?: string;
  /** A sentence without its end: "The model has no __call__ to call". */
  readonly text: string;
};

/** Of calls whose results hold no tensor to look at. */
export function noTensor(functions: Iterable<{ readonly functionName: string }>): Cause {
  const [first] = functions;
  return { kind: 'wrong-structure', of: first?.functionName ?? '', text: 'The call returns no tensor' };
}

/** Whether a failure explains a cause: it is of the same kind and about the very same thing. */
export function explains(explained: Explained, cause: Explained): boolean {
  return explained.kind === cause.kind && explained.of === cause.of;
}
