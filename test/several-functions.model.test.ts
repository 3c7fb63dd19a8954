import { expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { runOf } from '../proof/running.js';

/** Sound models with a function for one size alone, before the general one. Keras picks the first, of which it is told. */
const names = ['places-for-each-size', 'scale-of-large-images', 'scale-of-one-size'];

test('sizes may have functions of their own, and use variables of their own', {
  timeout: 600_000,
}, async () => {
  const specs = names.map((name) => inProject('models-under-test', 'neighbors', `${name}.yaml`));
  const { models } = await runOf(specs, 11);
  const said = models.map(({ name, verdict, checks }) => {
    const loud = checks.filter(({ status, warnings }) => !/^(pass|skip)$/.test(status) || warnings);
    return [name, verdict, loud.map(({ id }) => id)];
  });
  expect(said).toEqual(names.map((name) => [name, 'conforms', ['keras/layer-loads']]));
});
