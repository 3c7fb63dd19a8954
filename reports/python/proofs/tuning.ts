import type { Proof, PythonCase } from '../case.js';
import { keywords } from '../literal.js';
import { promiseCode } from './promise.js';

/** Broken promises about training, variables and losses. */
export const tuning: Readonly<Record<string, Proof>> = {
  'dropout/no-mask-in-graph': { code: repeatsCode },
  'dropout/outputs-kept': { code: repeatsCode },
  'inference/no-side-effects': {
    code: (one) => changesIn('variables', `call(images${keywords(one.check.finding?.arguments ?? {}, one)})`),
  },
  'training/leaves-weights-alone': {
    code: () => changesIn('trainable_variables', 'call(images, training=True)'),
  },
  'training/same-output-contract': {
    code: ({ columns }) => `output = call(images, training=True)
${promiseCode(columns)}`,
  },
  'variables/gradients-reach': {
    code: (one) => `with tf.GradientTape() as tape:
    output = call(images${one.trainingArgument ? ', training=True' : ''})
gradients = tape.gradient(output, model.trainable_variables)
unreached = [one.name for one, gradient in zip(model.trainable_variables, gradients) if gradient is None]
if unreached:
    broken("a gradient for each trainable variable", f"none for {', '.join(unreached)}")`,
  },
  'variables/trainable-matter': { code: () => matterCode },
  'variables/losses': {
    code: ({ trainingArgument, losses }) => `losses = list(model.regularization_losses)
print(len(losses), "losses")${losses === undefined ? '' : `\nif len(losses) != ${losses}:\n    broken("${losses} losses, as declared", len(losses))`}
try:
    values = [loss() for loss in losses]
except Exception as error:
    broken("losses that can be called without arguments", f"{type(error).__name__}: {error}")
for value in values:
    print(" ", value)
    if value.dtype != tf.float32 or value.shape != () or not np.isfinite(value):
        broken("one finite float32 scalar each", value)
call(images${trainingArgument ? ', training=True' : ''})
again = [loss() for loss in losses]
if any(float(one) != float(other) for one, other in zip(values, again)):
    broken([float(value) for value in values], f"{[float(value) for value in again]} after a call")`,
  },
};

function changesIn(list: string, call: string): string {
  return `watched = model.${list}
before = [variable.numpy() for variable in watched]
${call}
changed = [one.name for one, value in zip(watched, before) if not np.array_equal(one.numpy(), value)]
if changed:
    broken("variables as before the call", f"changed: {', '.join(changed)}")`;
}

/** A dropped unit takes one exact value again and again; what is dropped inside the model does not. */
function repeatsCode({ trainingArgument }: PythonCase): string {
  return `draws = np.stack([call(images${trainingArgument ? ', training=True' : ''}).numpy() for _ in range(200)])
for unit in range(draws.shape[-1]):
    row = draws[:, 0, unit]
    values, counts = np.unique(row, return_counts=True)
    share, value = counts.max() / len(row), values[counts.argmax()]
    print(f"unit {unit} is exactly {value} in {share:.1%} of the calls")
    if 0.01 < share < 1:
        broken("no unit that takes one value again and again", f"unit {unit} is {value} in {share:.1%}")`;
}

const matterCode = `variables = [one for one in model.trainable_variables if one.dtype.is_floating]
saved = [variable.numpy() for variable in variables]


def seen(moved):
    """What the call and the losses give with some variables moved."""
    for k, (variable, value) in enumerate(zip(variables, saved)):
        variable.assign(value + (np.abs(value).max() + 1) / 8 if k in moved else value)
    losses = [float(loss()) for loss in getattr(model, "regularization_losses", [])]
    return call(images).numpy(), losses


def alike(one, other):
    return np.allclose(one[0], other[0], rtol=1e-6, atol=1e-6, equal_nan=True) and one[1] == other[1]


every = set(range(len(variables)))
idle = [
    variables[k].name
    for k in every
    if alike(seen(set()), seen({k})) and alike(seen(every - {k}), seen(every))
]
if idle:
    broken("an effect of each trainable variable", f"no effect of {', '.join(idle)}")`;
