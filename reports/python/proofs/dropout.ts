import type { EvidenceValue } from '../../../harness/verdict/run.js';
import type { Proof, PythonCase } from '../case.js';
import { keywords } from '../literal.js';

/** Dropout of the outputs, which many calls show. */
export const dropout: Readonly<Record<string, Proof>> = {
  'dropout/no-mask-in-graph': { code: maskCode, cannot: whyNone },
  'dropout/outputs-kept': { code: (one) => dropsCode([argumentsOf(one)], false, one) },
};

/** Where a concrete function serves both, its graph does not show which of the calls reaches the mask. */
function maskCode(one: PythonCase): string {
  const found = argumentsOf(one);
  const training = { ...found, training: true };
  const calls = one.trainingArgument && found.training === undefined ? [found, training] : [found];
  const wholeRows = masksOf(one).length > 0 && masksOf(one).every(({ changes }) => changes === 'rows');
  return dropsCode(calls, wholeRows, one);
}

function argumentsOf({ check }: PythonCase): Readonly<Record<string, number | boolean>> {
  return check.finding?.arguments ?? {};
}

/** Noise repeats no value: the graph shows nothing on its way to the output that compares or rounds it. */
function whyNone(one: PythonCase): string | undefined {
  const masks = masksOf(one);
  if (masks.length === 0 || !masks.every(({ recurs }) => recurs === false)) return undefined;
  return 'The noise on the output repeats no value, so calls differ just as with dropout inside, which is allowed. The finding names the operations in the graph.';
}

type Fields = { readonly [key: string]: EvidenceValue };

function masksOf({ check }: PythonCase): readonly Fields[] {
  const masks = check.evidence?.masks;
  return Array.isArray(masks) ? masks.filter(isFields) : [];
}

function isFields(value: EvidenceValue): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A dropped unit returns to one exact value for different images, for each as often, with weights that are moved, too.
 * Nothing else does, other than whole rows when all that is inside a model is dropped at once.
 */
function dropsCode(
  calls: readonly Readonly<Record<string, number | boolean>>[],
  wholeRows: boolean,
  one: PythonCase,
): string {
  const together = wholeRows ? 'np.zeros(draws.shape[:2], bool)' : 'returned(draws).all(axis=2)';
  return `variables = [one for one in getattr(model, "variables", []) if one.dtype.is_floating]
saved = [variable.numpy() for variable in variables]
units = call(images).shape[-1]


def perturb(shift):
    """Perturbs all weights a little, the same way each time; with a shift, the last biases far."""
    random = np.random.RandomState(1)
    for variable, value in zip(variables, saved):
        step = 0.02 * random.normal(size=value.shape)
        if value.shape == (units,):
            step += shift * 8 * (np.abs(value).max() + 1)
        variable.assign(tf.cast(value + step * variable.trainable, variable.dtype))


def draw(shift, arguments):
    perturb(shift)  # undoes what earlier calls changed
    return np.float64(call(images, **arguments))


def counts_of(rows):
    """Of a unit, [calls, images]: its values, the place of each among them, and how often each image had it."""
    values, places = np.unique(rows, return_inverse=True)
    places = places.reshape(rows.shape)
    return values, places, np.stack([np.bincount(one, minlength=len(values)) for one in places.T])


def returned(draws):
    """Which values are not of one image only."""
    found = [counts_of(draws[..., unit]) for unit in range(draws.shape[2])]
    return np.stack([((counts > 0).sum(axis=0) > 1)[places] for _, places, counts in found], axis=-1)


def hits_of(rows, together):
    """The value that returns in a unit, and how often in how many calls, for each image where that is decidable."""
    values, _, counts = counts_of(rows)
    totals = counts.sum(axis=0) * ((counts > 0).sum(axis=0) > 1)
    value, (second, first) = values[totals.argmax()], np.sort(np.append(totals, 0))[-2:]
    if first < 4 or second > first / 10 or first == rows.size:  # by chance, or rounded, or always
        return value, [(0, 1)]
    low, high = np.quantile(rows[rows != value], [0.05, 0.95])
    found = [(0, 1)]
    for row, known in zip(rows.T, ~together.T):
        others = row[known & (row != value)]
        if len(others) > 8 and (low < value < high or abs(others.mean() - value) > 6 * others.std()):
            found.append((known.sum() - len(others), known.sum()))
    return value, found[1:] or found


def drops(shift, arguments):
    """What a value returns in, if for each image as often: at the limit of an activation, some images are more often."""
    draws = np.stack([draw(shift, arguments) for _ in range(200)])
    together = ${together}  # as where all that is inside was dropped
    excess = freedom = variance = 0
    found = []
    for unit in range(draws.shape[2]):
        value, pairs = hits_of(draws[..., unit], together)
        hits, calls = np.array(pairs).T
        rate = hits.sum() / calls.sum()
        if rate > 0:
            found.append(f"unit {unit} is exactly {value} in {rate:.2%} of the calls, for different images")
            excess += ((hits - rate * calls) ** 2 / (rate * calls * (1 - rate))).sum()
            variance += (2 + 1 / (rate * calls)).sum()
            freedom += len(hits) - 1
    print(f"{arguments}: a value returns in {len(found)} of {draws.shape[2]} units")
    alike = freedom > 0 and excess / freedom <= max(1.3, 1 + 3.5 * variance**0.5 / freedom)
    return found if alike else []


for arguments in [${calls.map((args) => `dict(${keywords(args, one).slice(2)})`).join(', ')}]:
    found = drops(0, arguments)
    if found and (drops(1, arguments) or drops(-1, arguments)):  # lifted off the limits of activations
        broken("no unit that takes one value repeatedly", found[0])`;
}
