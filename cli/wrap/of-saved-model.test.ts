import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { ofSavedModel } from './of-saved-model.js';
import { program } from './python.js';

const scores = { kind: 'tensor', name: '', dtype: 'float32', shape: [null, 4] } as const;

/** The program for a model that offers its images by another name than `__call__`. */
function programFor(
  endpoint: { readonly kind: 'method'; readonly name: string },
  outputs: readonly string[],
) {
  const output = {
    kind: 'dict',
    entries: Object.fromEntries(outputs.map((name) => [name, scores])),
  } as const;
  const wrapper = ofSavedModel(fakeModel({ endpoint, concreteFunctions: [{ output }] }));
  return wrapper && program(wrapper);
}

test.each([
  [['classes', 'logits', 'probs'], "return outputs['logits']"],
  [['probs', 'raw_scores'], "return outputs['raw_scores']"],
  [['logits'], 'return tf.nest.flatten(outputs)[0]'],
  [['probs', 'classes'], 'return tf.nest.flatten(outputs)[0]'],
])('of the outputs %j it returns the scores', (outputs, line) => {
  expect(programFor({ kind: 'method', name: 'serve' }, outputs)).toContain(line);
});

test('a name that is no plain one becomes no code', () => {
  const name = 'serve\n\nimport os\nos.remove("x")  # \u2028';
  const text = programFor({ kind: 'method', name }, ["logits'] or exit() #logits", 'probs']);
  expect(text).toContain(
    'getattr(self.model, "serve\\n\\nimport os\\nos.remove(\\"x\\")  # \\u2028")(images)',
  );
  expect(text).not.toMatch(/^ *import (?!os$|sys$|tensorflow as tf$)|exit\(\)/m);
});

test.each(['lambda', 'class', 'async'])('a method named %s is called as Python allows it', (name) => {
  expect(programFor({ kind: 'method', name }, ['logits'])).toContain(
    `getattr(self.model, "${name}")(images)`,
  );
});

const traced = new URL('../../../models-under-test/other-size-broken', import.meta.url);

test('it keeps every size that the model was traced for', async () => {
  const model = await readSavedModel(fileURLToPath(traced));
  const wrapper = ofSavedModel(model);
  expect(wrapper && program(wrapper)).toContain('for height, width in ((32, 32), (64, 64)):');
});
