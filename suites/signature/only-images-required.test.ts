import { testCheck } from '../../harness/run/testing/test-check.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { onlyImagesRequired } from './only-images-required.js';

testCheck(onlyImagesRequired, {
  passes: [
    { name: 'images alone' },
    { name: 'an argument with a default that was traced', model: { parameters: { training: false } } },
  ],
  fails: [
    {
      name: 'images that can be passed by name only',
      model: withKeywordOnlyImages(),
      finding: { where: 'arguments', actual: '__call__(*, images, …), which takes them only by name' },
    },
    {
      name: 'a required argument',
      model: { parameters: { training: 'required' } },
      finding: { where: 'arguments', actual: 'training without a default' },
    },
    {
      name: 'a default that was not traced',
      model: { parameters: { training: false }, concreteFunctions: [{ args: { training: true } }] },
      finding: { where: 'call with the defaults' },
    },
    { name: 'images as a list', model: ofList(), finding: { where: 'call with the defaults' } },
  ],
  skips: [
    {
      name: 'images as a list, over which another check has failed',
      reported: { 'images-refused': 'signature/images-argument' },
      model: ofList(),
      reason: /./,
      answeredBy: 'signature/images-argument',
    },
  ],
});

function withKeywordOnlyImages(): SavedModel {
  const model = fakeModel();
  const call = model.methods.get('__call__');
  if (call === undefined) throw new Error('It has a __call__.');
  const parameters = call.parameters.map((parameter) => ({ ...parameter, keywordOnly: true }));
  return { ...model, methods: new Map([['__call__', { ...call, parameters }]]) };
}

/** As traced for a list of one tensor. */
function ofList(): SavedModel {
  const model = fakeModel();
  const call = model.methods.get('__call__');
  if (call === undefined) throw new Error('It has a __call__.');
  const concreteFunctions = call.concreteFunctions.map((one) => ({
    ...one,
    positional: [{ kind: 'list', items: one.positional } as const],
  }));
  return { ...model, methods: new Map([['__call__', { ...call, concreteFunctions }]]) };
}
