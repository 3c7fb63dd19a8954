import type { ConcreteFunction, SavedModel, Variable } from '../../savedmodel/saved-model.js';
import { givenTo, type lowerArguments } from '../lowering/calls.js';
import type { capturesOf } from '../lowering/captures.js';
import type { Differentiable } from './differentiable.js';
import { flatCall, type Reads } from './flat-call.js';
import { CannotInline } from './inline.js';

/** A tensor that is differentiated, and the flat graph that computes it. */
export type Root = {
  /** Its name in messages: `the output`, `regularization_losses[2]`. */
  readonly what: string;
  readonly flat: Differentiable;
  readonly fed: string;
  readonly dtype: string;
  /** What names of operations about it begin with. */
  readonly base: string;
};

export type Wanted = {
  readonly model: SavedModel;
  readonly concreteFunction: ConcreteFunction;
  /** Which of its results is the output. */
  readonly outputIndex: number;
  /** Where the lowered model has the call: the placeholders have the same names here. */
  readonly prefix: string;
  readonly losses: readonly ConcreteFunction[];
  /** Floating-point variables to differentiate with respect to. */
  readonly variables: readonly Variable[];
  /** Types of operations that the library cannot differentiate. */
  readonly cut: ReadonlySet<string>;
};

type Given = {
  /** The arguments of the call. */
  readonly inputs: ReturnType<typeof lowerArguments>;
  readonly captures: ReturnType<typeof capturesOf>;
  readonly reads: Reads;
};

/** The output first, then the losses; those that give no numbers are left out. @throws CannotInline, UnsupportedCapture */
export function rootsOf(
  { model, concreteFunction, outputIndex, losses, cut }: Wanted,
  { inputs, captures, reads }: Given,
): readonly Root[] {
  const rootOf = (one: ConcreteFunction, at: number, fed: Given['inputs'], names: RootNames): Root => {
    const flat = flatCall(model, one.functionName, givenTo(fed, one, captures), {
      prefix: `assay/flat/${names.path}`,
      reads,
      cut,
    });
    const dtype = model.functions.get(one.functionName)?.outputs[at]?.dtype ?? 'float32';
    return {
      what: names.what,
      flat,
      fed: flat.outputs[at] ?? '',
      dtype,
      base: `assay/gradient/${names.path}`,
    };
  };
  const output = rootOf(concreteFunction, outputIndex, inputs, { what: 'the output', path: 'call' });
  if (!hasNumbers(output.dtype))
    throw new CannotInline(`The output is ${output.dtype}, which has no gradient.`);
  const ofLosses = losses.map((loss, index) =>
    rootOf(loss, 0, [], { what: `regularization_losses[${index}]`, path: `loss/${index}` }),
  );
  return [output, ...ofLosses.filter(({ fed, dtype }) => fed !== '' && hasNumbers(dtype))];
}

type RootNames = Pick<Root, 'what'> & { readonly path: string };

/** Whether a dtype has numbers to differentiate. */
export function hasNumbers(dtype: string): boolean {
  return /^(b?float|u?int)\d/.test(dtype);
}
