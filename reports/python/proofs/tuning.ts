import type { Proof, PythonCase } from '../case.js';
import { findingArguments } from '../literal.js';
import { changesIn, promiseCode } from './promise.js';

/** Broken promises about training, variables and losses. */
export const tuning: Readonly<Record<string, Proof>> = {
  'inference/no-side-effects': {
    code: (one) => changesIn('variables', `call(images${findingArguments(one)})`),
  },
  'training/leaves-weights-alone': {
    code: (one) => changesIn('trainable_variables', `call(images${findingArguments(one)})`),
  },
  'training/same-output-contract': {
    code: ({ columns }) => `output = call(images, training=True)
${promiseCode(columns)}
call(images[:1], training=True)
for variable in model.variables:
    if variable.dtype.is_floating and not np.isfinite(np.float64(variable.numpy())).all():
        broken("finite variables after a call with one image", f"{variable.name}: {variable.numpy()}")`,
  },
  'variables/gradients-finite': {
    code: (one) => `variables = list(model.trainable_variables)
with tf.GradientTape(persistent=True) as tape:
    results = [call(images${findingArguments(one)}), *(loss() for loss in getattr(model, "regularization_losses", ()))]
for result in results:
    for variable, gradient in zip(variables, tape.gradient(result, variables)):
        if gradient is not None and not np.isfinite(np.float64(tf.convert_to_tensor(gradient).numpy())).all():
            broken("finite gradients", f"{variable.name}: {gradient}")`,
  },
  'variables/gradients-reach': {
    code: (one) => `try:
    with tf.GradientTape() as tape:
        output = call(images${one.trainingArgument ? ', training=True' : ''})
    gradients = tape.gradient(output, model.trainable_variables)
except LookupError as error:
    broken("a gradient for each trainable variable", f"LookupError: {error}")
unreached = [one.name for one, gradient in zip(model.trainable_variables, gradients) if gradient is None]
if unreached:
    broken("a gradient for each trainable variable", f"none for {', '.join(unreached)}")`,
  },
  'variables/trainable-matter': { code: matterCode },
  'variables/losses': {
    code: (one) => `losses = list(model.regularization_losses)
print(len(losses), "losses")${lossCountCode(one)}
try:
    values = [loss() for loss in losses]
except Exception as error:
    broken("losses that can be called without arguments", f"{type(error).__name__}: {error}")
for value in values:
    print(" ", value)
    if value.dtype != tf.float32 or value.shape != () or not np.isfinite(value):
        broken("one finite float32 scalar each", value)
call(images${lossArguments(one)})
again = [loss() for loss in losses]
if any(float(one) != float(other) for one, other in zip(values, again)):
    broken([float(value) for value in values], f"{[float(value) for value in again]} after a call")`,
  },
};

function lossCountCode({ losses }: PythonCase): string {
  if (losses === undefined) return '';
  return `\nif len(losses) != ${losses}:\n    broken("${losses} losses, as declared", len(losses))`;
}

/** Of the call after which a loss has another value. */
function lossArguments(one: PythonCase): string {
  return findingArguments(one) || (one.trainingArgument ? ', training=True' : '');
}

/** At inference and in training, where nothing is random: otherwise a difference shows nothing. */
function matterCode({ trainingArgument }: PythonCase): string {
  return `variables = [one for one in model.trainable_variables if one.dtype.is_floating]
saved = [(variable, variable.numpy()) for variable in model.variables]
every = {id(variable) for variable in variables}


def seen(moved, arguments):
    """The output of the call and the losses with some variables perturbed."""
    for variable, value in saved:
        variable.assign(value + (np.abs(value).max() + 1) / 8 if id(variable) in moved else value)
    losses = [float(loss()) for loss in getattr(model, "regularization_losses", [])]
    return call(images, **arguments).numpy(), losses


def alike(one, other):
    return np.allclose(one[0], other[0], rtol=1e-6, atol=1e-6, equal_nan=True) and one[1] == other[1]


def idle(variable, arguments):
    """Perturbs it alone, and with all others, which activates branches that start at zero."""
    alone, others = {id(variable)}, every - {id(variable)}
    pairs = [(set(), alone), (others, every)]
    return all(alike(seen(one, arguments), seen(other, arguments)) for one, other in pairs)


settings = [${trainingArgument ? 'dict(), dict(training=True)' : 'dict()'}]
settings = [one for one in settings if alike(seen(set(), one), seen(set(), one))]
if not settings:
    inconclusive("The outputs are random, so a difference shows nothing.")
names = [variable.name for variable in variables if all(idle(variable, one) for one in settings)]
if names:
    broken("an effect of each trainable variable", f"no effect of {', '.join(names)}")`;
}
