import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Contract } from '../../harness/contract/contract.js';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { conditions } from './conditions.js';

const root = new URL('../../../', import.meta.url);
const parsed = await readSpec(fileURLToPath(new URL('specs/signature-endpoint.yaml', root)));
if (parsed.kind === 'problems') throw new Error(parsed.problems[0]?.message);
const { contract } = parsed;
const model = await readSavedModel(fileURLToPath(new URL('models-under-test/signature-endpoint', root)));

test.each<readonly [string, Partial<SavedModel>, Partial<Contract>, string, string]>([
  [
    'a signature that is not there',
    {},
    { endpoint: { kind: 'signature', name: 'scores', output: 'logits' } },
    'KerasLayer._get_callable',
    'the signatures serving_default',
  ],
  [
    'an output that is not there',
    {},
    { endpoint: { kind: 'signature', name: 'serving_default', output: 'scores' } },
    'KerasLayer.call',
    'the outputs features, logits',
  ],
  [
    'a dictionary of variables',
    { listedVariables: [{ kind: 'other', nodeId: 3, what: 'a dict, where a list should be' }] },
    {},
    'KerasLayer._setup_layer',
    'a dict, where a list should be',
  ],
  [
    'something else among the trainable variables',
    { trainableVariables: [{ kind: 'other', nodeId: 3, what: 'an object' }] },
    {},
    'KerasLayer._setup_layer',
    'an object',
  ],
])('%s', (_, changedModel, changedContract, raisedIn, actual) => {
  expect(brokenIn({ ...model, ...changedModel }, { ...contract, ...changedContract })).toEqual([
    { raisedIn, actual },
  ]);
});

test('a file that marks the folder as a module of TF1 Hub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-'));
  try {
    writeFileSync(join(folder, 'tfhub_module.pb'), '');
    const actual = 'tfhub_module.pb, which marks a TF1 Hub module';
    expect(brokenIn({ ...model, folder }, contract)).toEqual([{ raisedIn: 'module_v2.load', actual }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function brokenIn(ofModel: SavedModel, ofContract: Contract) {
  return conditions.flatMap(({ raisedIn, broken }) => {
    const found = broken(ofModel, ofContract);
    return found === undefined ? [] : [{ raisedIn, actual: found.actual }];
  });
}
