import type { EvidenceValue } from '../../../harness/verdict/run.js';
import type { Proof, PythonCase, PythonHyperparameter } from '../case.js';
import { findingArguments, keywords } from '../literal.js';
import { batchCall } from '../pixels.js';

/** Broken promises that two calls show, whose rows should agree, or should not. */
export const comparisons: Readonly<Record<string, Proof>> = {
  'batching/rows-independent': { code: rowsIndependent },
  'inference/deterministic': {
    code: (one) => `${differing(one)}
first, second = call(images).numpy(), call(images).numpy()
compare("as in the first of two equal calls", first, second)`,
  },
  'inference/is-the-default': {
    code: (one) => `${differing(one)}
compare(
    "as with training=False",
    call(images, training=False${findingArguments(one)}).numpy(),
    call(images${findingArguments(one)}).numpy(),
)`,
  },
  'output/depends-on-image': { code: dependsOnImage },
  'training/has-effect': {
    code: (one) => `${differing(one)}
inference, training = call(images, training=False).numpy(), call(images, training=True).numpy()
if not differ(inference, training).any():
    broken("training=True gives other values than training=False", "the same values")`,
  },
  'hyperparameters/default': { code: (one) => hyperparameterCode(one, defaultCode) },
  'hyperparameters/has-effect': { code: (one) => hyperparameterCode(one, effectCode) },
};

/** The two rows that the check compared; of a run that does not name them, each image alone and in the batch. */
function rowsIndependent(one: PythonCase): string {
  const compared = one.check.finding?.compared;
  if (!compared)
    return `${differing(one)}
alone = np.concatenate([call(image[None]).numpy() for image in images])
compare("as in the batch; alone it is", call(images).numpy(), alone)`;
  const [first, second] = [compared.one, compared.other].map(
    ({ batch, row }) => `call(${batchCall(batch)}${findingArguments(one)}).numpy()[${row}]`,
  );
  return `${differing(one)}
first = ${first}
second = ${second}
compare("for an image, in other company it is", first, second)`;
}

/** Framed noise is called together with a black image, which a model that reads the frame alone takes for the same. */
function dependsOnImage(one: PythonCase): string {
  const batch = one.check.finding?.batch;
  const { rows: _, ...black } = { ...batch, pattern: 'black' as const, count: 1 };
  const calls = ['call(images).numpy()'];
  if (batch?.pattern === 'framed') calls.push(`call(${batchCall({ ...batch, ...black })}).numpy()`);
  return `${differing(one)}
output = np.concatenate([${calls.join(', ')}])
if not any(differ(output[0], row).any() for row in output):
    broken("rows that differ", f"{len(output)} different images gave the row {output[0]}")`;
}

/** Measured by the run where it was; else a round number. */
function differing({ check }: PythonCase): string {
  const noise = check.evidence?.noise;
  const measured = isRecord(noise) && typeof noise.tolerance === 'number';
  const absolute = measured ? noise.tolerance : 1e-5;
  const relative = isRecord(noise) && typeof noise.relative === 'number' ? noise.relative : 0;
  return `def differ(expected, actual):  # by more than ${measured ? 'rounding does on this model' : 'rounding should'}
    alike = (expected == actual) | (np.isnan(expected) & np.isnan(actual))
    return ~(alike | (np.abs(expected - actual) <= ${absolute} + ${relative} * np.abs(expected)))


def compare(what, expected, actual):
    if expected.shape != actual.shape:
        broken(expected.shape, actual.shape)
    places = np.argwhere(differ(expected, actual))
    if len(places):
        place = tuple(int(index) for index in places[0])
        broken(f"{expected[place]} at {place}, {what}", actual[place])

`;
}

function isRecord(value: EvidenceValue | undefined): value is { readonly [key: string]: EvidenceValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hyperparameterCode(
  one: PythonCase,
  code: (parameter: PythonHyperparameter, one: PythonCase) => string,
): string {
  return [differing(one), watching, ...one.hyperparameters.map((parameter) => code(parameter, one))].join(
    '\n',
  );
}

function defaultCode(parameter: PythonHyperparameter, one: PythonCase): string {
  const setting = settingOf(parameter);
  const passed = { ...setting, [parameter.name]: parameter.default };
  return `
found = apart(${watched(setting, one)}, ${watched(passed, one)})
if found:
    broken("${parameter.name} passed as declared is as left out", found)`;
}

function effectCode(parameter: PythonHyperparameter, one: PythonCase): string {
  const calls = parameter.values.map((value) =>
    watched({ ...settingOf(parameter), [parameter.name]: value }, one),
  );
  if (calls.length < 2) return '';
  return `
first, *others = ${calls.join(', ')}
if not any(apart(first, other) for other in others):
    broken("${parameter.name} changes something", "the same at ${parameter.values.join(', ')}")`;
}

function watched(values: Readonly<Record<string, number | boolean>>, one: PythonCase): string {
  return `watch(${keywords(values, one).slice(2)})`;
}

function settingOf({ affects }: PythonHyperparameter): Readonly<Record<string, boolean>> {
  return affects === 'inference' ? {} : { training: true };
}

/** A call that may be random and may change variables is identified by its outputs or their spread, then by the variables. */
const watching = `saved = [variable.numpy() for variable in model.variables]


def watch(**arguments):
    """The outputs of 40 calls, each from the saved variables, and the variables after the last."""
    outputs = []
    for _ in range(40):
        for variable, value in zip(model.variables, saved):
            variable.assign(value)
        outputs.append(np.float64(call(images, **arguments)))
    return np.stack(outputs), [np.float64(variable.numpy()) for variable in model.variables]


def apart(one, other):
    (outputs, state), (others, variables) = one, other
    if np.ptp(outputs, axis=0).any() or np.ptp(others, axis=0).any():
        spreads = [((draws - draws.mean(axis=0)) ** 2).mean(axis=(1, 2)) for draws in (outputs, others)]
        error = np.sqrt(sum(spread.var() / len(spread) for spread in spreads))
        first, second = (spread.mean() for spread in spreads)
        return f"a spread of {first:.3g} against {second:.3g}" if abs(first - second) > 6 * error else None
    if differ(outputs[0], others[0]).any():
        return f"outputs that differ by {np.abs(outputs[0] - others[0]).max():.3g}"
    moved = [np.abs(a - b).max() for a, b in zip(state, variables) if differ(a, b).any()]
    return f"variables that differ by {max(moved):.3g} after the call" if moved else None`;
