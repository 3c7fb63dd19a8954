import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Parameter, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { specFacts } from './spec-facts.js';
import { specText } from './spec-text.js';

/** What a model could try, to bring a waiver into the spec that `assay init` writes of it. */
const intruders = [
  'a\nwaivers: [all]',
  'a # b',
  '|-\nwaivers: [all]',
  "a'\n\twaivers: [all]",
  'a, output: b } #',
  'é\u0085waivers: 1',
  `a name that is far longer than a line of the spec may ever be, as people hardly write\nwaivers: [all]`,
];

/** The spec of a model, as YAML reads it. */
function specOf(model: SavedModel, path: string) {
  const facts = specFacts(model);
  return parse(specText(facts ?? expect.fail('The model takes images.'), path));
}

function withParameter(parameter: Parameter): SavedModel {
  const model = fakeModel();
  const call = model.methods.get('__call__') ?? expect.fail('A sound model has a call.');
  const parameters = [...call.parameters, parameter];
  return { ...model, methods: new Map([['__call__', { ...call, parameters }]]) };
}

test.each(intruders)('%j as a name adds nothing to the spec', (name) => {
  const keywordOnly = true;
  const called = specOf(fakeModel({ endpoint: { kind: 'signature', name, output: name } }), name);
  expect(called).toMatchObject({ model: name, endpoint: { signature: name, output: name } });
  const method = specOf(fakeModel({ endpoint: { kind: 'method', name } }), name);
  expect(method).toMatchObject({ endpoint: name });
  const required = specOf(withParameter({ name, keywordOnly }), 'm');
  const value = { kind: 'string', value: name } as const;
  const given = specOf(withParameter({ name: 'mode', keywordOnly, default: value }), 'm');
  for (const spec of [called, method, required, given]) expect(spec).not.toHaveProperty('waivers');
});
