import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../harness/check/check.js';
import type { Contract, FineTuning } from '../../harness/contract/contract.js';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { ListItem, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { gradientsReach } from './gradients-reach.js';
import { listed } from './listed.js';
import { trainableListed } from './trainable-listed.js';
import { trainingFunctions } from './training-function.js';

const spec = fileURLToPath(new URL('../../../specs/tiny-features.yaml', import.meta.url));
const parsed = await readSpec(spec, { checkIds: [] });
if (parsed.kind === 'problems') throw new Error(parsed.problems[0]?.message);
const { contract } = parsed;
const model = await readSavedModel(contract.model.kind === 'folder' ? contract.model.path : '');
const other: ListItem = { kind: 'other', nodeId: 0, what: 'a constant tensor' };

describe('the spec decides how many are trainable', () => {
  test.each<readonly [FineTuning['trainableVariables'], readonly ListItem[], string]>([
    [6, model.trainableVariables ?? [], 'pass'],
    [true, model.trainableVariables ?? [], 'pass'],
    [5, model.trainableVariables ?? [], '6 variables; the spec says 5'],
    [0, [], 'pass'],
    [0, model.trainableVariables ?? [], '6 variables; the spec says 0'],
    [true, [], 'an empty list'],
    [false, [], 'skip'],
  ])('%s', (trainableVariables, items, expected) => {
    const tuned = { ...contract, ...tuning({ trainableVariables }) };
    expect(concluded(trainableListed, { ...model, trainableVariables: items }, tuned)).toBe(expected);
  });
});

test.each<readonly [string, Check, Partial<SavedModel>]>([
  ['variables', listed, { listedVariables: [...(model.listedVariables ?? []), other] }],
  ['trainable_variables', trainableListed, { trainableVariables: [other] }],
])('what is no variable does not belong into %s', (_, check, changed) => {
  expect(concluded(check, { ...model, ...changed }, contract)).toBe('a constant tensor');
});

test('a trainable variable twice', () => {
  const [first, ...others] = model.trainableVariables ?? [];
  const twice = first ? [first, first, ...others] : [];
  expect(concluded(trainableListed, { ...model, trainableVariables: twice }, contract)).toMatch(/ twice$/);
});

describe('gradients are asked of the concrete function for training', () => {
  test('with the flag where the spec declares it', () => {
    const [concreteFunction] = trainingFunctions(model, contract);
    expect(concreteFunction?.positional).toContainEqual({ kind: 'bool', value: true });
  });

  test('of the default concrete function where it does not', () => {
    const [concreteFunction] = trainingFunctions(model, {
      ...contract,
      ...tuning({ trainingArgument: false }),
    });
    expect(concreteFunction?.positional).toContainEqual({ kind: 'bool', value: false });
  });

  test('and not at all where there is none, or nothing to train', () => {
    const bare: SavedModel = { ...model, methods: new Map() };
    expect(concluded(gradientsReach, bare, contract)).toBe('skip');
    expect(concluded(gradientsReach, { ...model, trainableVariables: [] }, contract)).toBe('skip');
    const none = { ...contract, ...tuning({ trainableVariables: false }) };
    expect(concluded(gradientsReach, model, none)).toBe('skip');
  });
});

function tuning(changed: Partial<FineTuning>): { readonly fineTuning?: FineTuning } {
  return contract.fineTuning ? { fineTuning: { ...contract.fineTuning, ...changed } } : {};
}

/** The status, or what was found where it fails. */
function concluded(check: Check, ofModel: SavedModel, ofContract: Contract): string {
  if (check.kind !== 'reading' || check.applies(ofContract, ofModel) !== true) return 'skip';
  const conclusion = check.read(ofModel, ofContract);
  return conclusion.status === 'fail' ? conclusion.finding.actual : conclusion.status;
}
