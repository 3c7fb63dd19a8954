import type { Check } from '../../harness/check/check.js';
import { remedyFor } from './diagnosis.js';
import { exampleEvidence, summaryOf, tryExamples } from './try-examples.js';

export const examples: Check = {
  id: 'classification/examples',
  level: 'must',
  demands:
    'Each example image of the spec MUST get its class, or its stored scores to within their tolerance.',
  explain: {
    matters:
      'A model that was trained on pixels in [-1, 1] or [0, 255], or on BGR, still runs on RGB in [0, 1]. With a list of classes in another order, it still gives names. Only known answers show that these are wrong.',
    decided:
      'TensorFlow decodes each PNG, JPEG, WebP or BMP file of `examples` to RGB in [0, 1], as `tf.io.decode_image(file, channels=3, expand_animations=False)` and `tf.image.convert_image_dtype` do. The `color_range` of the spec is applied. An image whose size the spec does not allow is resized with `tf.image.resize`, to the recommended size or, without one, to the nearest allowed size. The right class must have the highest score: a tie or NaN fails. Each stored score must match to within `tolerance`. If some examples fail, all are tried with other ranges and with BGR; if every one passes with one of these, the finding says so.',
    calls:
      'One for each size of the example images, as all of one size share a call. Trying other ranges and BGR doubles or triples that, only where an example fails.',
    fix: 'If the finding names another range, rescale inside the call, as in `images * 2.0 - 1.0`. If it names other classes, put the list of classes in the order of the scores. If the examples belong to an earlier model, correct them.',
  },
  promisedBy: ['examples'],
  applies: (contract) => contract.examples.length > 0 || 'The spec has no examples.',
  kind: 'measurement',
  measure: async (subject, contract) => {
    const { tried, undecided } = await tryExamples(subject, contract);
    const wrong = tried.filter(({ mistake }) => mistake !== undefined);
    const tally = { cases: tried.length, evidence: { examples: tried.map(exampleEvidence), undecided } };
    const [first] = wrong;
    if (first?.mistake) {
      const fail = `${wrong.length} of ${contract.examples.length} ${wrong.length === 1 ? 'fails' : 'fail'}`;
      const rest = undecided.length > 0 ? `, ${undecided.length} could not be decided` : '';
      const where = `example image ${first.image} (${fail}${rest})`;
      const finding = { where, ...first.mistake, remedy: await remedyFor(subject, tried, contract) };
      return { status: 'fail', finding, ...tally };
    }
    if (undecided.length > 0) return { status: 'error', reason: [...new Set(undecided)].join(' '), ...tally };
    return { status: 'pass', summary: summaryOf(tried), ...tally };
  },
};
