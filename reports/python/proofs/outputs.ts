import type { Proof, PythonCase } from '../case.js';
import { findingArguments } from '../literal.js';
import { batchCall } from '../pixels.js';
import { changesIn, promiseCode } from './promise.js';

const runs: Proof = { code: (one) => attempted([`call(images${findingArguments(one)})`]) };

/** Broken promises that one call shows, or that a call fails. */
export const outputs: Readonly<Record<string, Proof>> = {
  'input/any-batch-size': {
    code: () => `${attempted(['output = call(images)'])}
if output.shape.rank == 2 and len(output) != len(images):
    broken(f"{len(images)} rows", f"{len(output)} rows")`,
  },
  'input/every-size': runs,
  'hyperparameters/accepted': { code: acceptedCode },
  'training/flag-accepted': {
    code: () => `call(images)  # runs without training
${attempted(['call(images, training=False)', 'call(images, training=True)'])}`,
  },
  'signature/only-images-required': runs,
  'signature/images-argument': {
    code: ({
      smallest: [low, left],
      largest: [high, wide],
    }) => `print(${'"concrete functions:"'}, *signatures(), sep="\\n  ")
for height, width in {(${low}, ${left}), (${high}, ${wide})}:
    for count in (1, 2, 3):
        images = np.zeros((count, height, width, 3), np.float32)
        try:
            call(images)
        except Exception as error:
            broken(f"float32 {list(images.shape)} is taken", f"{type(error).__name__}: {str(error).splitlines()[0]}")`,
  },
  'signature/one-tensor': {
    code: (one) => `output = call(images${findingArguments(one)})
if not isinstance(output, tf.Tensor):
    broken("one tensor", f"{type(output).__name__}: {output}")`,
  },
  'input/size-edge': {
    code: () => `try:
    output = call(images)
except Exception as error:
    print(f"refused, as promised: {type(error).__name__}")
else:
    broken("an error", f"an output {list(output.shape)}")`,
  },
  'output/shape': {
    code: ({ columns }) => `output = call(images)
if output.shape != (len(images), ${columns}):
    broken([len(images), ${columns}], list(output.shape))`,
  },
  'output/same-width-at-every-size': {
    code: ({
      smallest: [height, width],
    }) => `reference = call(${batchCall({ count: 1, height, width, pattern: 'noise', seed: 1 })})
output = call(images)
if output.shape[-1] != reference.shape[-1]:
    broken(f"{reference.shape[-1]} columns, as at ${height}×${width}", f"{output.shape[-1]} columns")`,
  },
  'output/dtype': {
    code: (one) => `output = call(images${findingArguments(one)})
if output.dtype != tf.float32:
    broken("float32", output.dtype.name)`,
  },
  'output/finite': {
    code: () => `output = call(images).numpy()
if not np.isfinite(output).all():
    broken("finite numbers", output[~np.isfinite(output)][0])`,
  },
  'classification/linear-scores': {
    code: (one) => `scores = np.float64(call(images${findingArguments(one)}))
print("scores from", scores.min(), "to", scores.max())
print("sums of rows:", scores.sum(axis=1))
print("sums of exponentials:", np.exp(scores).sum(axis=1))
if (0 <= scores).all() and (scores <= 1).all():
    broken("linear scores (logits)", "probabilities: every score lies in [0, 1]")
if np.allclose(np.exp(scores).sum(axis=1), 1, atol=1e-3) or (scores <= 0).all():
    broken("linear scores (logits)", "logarithms of probabilities")`,
  },
};

/** Without True among the arguments, also tests what must hold at inference, as the check does. */
function acceptedCode(one: PythonCase): string {
  const call = attempted([`output = call(images${findingArguments(one)})`]);
  if (Object.values(one.check.finding?.arguments ?? {}).includes(true))
    return `${call}\n${promiseCode(one.columns)}`;
  return `${changesIn('variables', call)}
${promiseCode(one.columns)}
rows, others = output.numpy()[[5, 3, 0]], call(images[[5, 3, 0]]${findingArguments(one)}).numpy()
if np.abs(rows - others).max() > 0.01 * np.abs(output).max():
    broken(f"{rows}, as in the whole batch", f"{others} without the other images")`;
}

function attempted(calls: readonly string[]): string {
  return `try:
${calls.map((call) => `    ${call}`).join('\n')}
except Exception as error:
    broken("an output", f"{type(error).__name__}: {error}")`;
}
