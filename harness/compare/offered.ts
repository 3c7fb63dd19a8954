import type { Contract } from '../contract/contract.js';
import { namedEndpoint } from '../savedmodel/named-endpoint.js';
import { pythonText } from '../savedmodel/python-text.js';
import type { Endpoint, Parameter, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { ContractDifference } from '../verdict/comparison.js';
import { forAll, forTraining } from './effects.js';
import { sizes } from './sizes.js';

/** What matters here of the contract that is relied on. */
type Relied = Pick<Contract, 'endpoint' | 'hyperparameters' | 'fineTuning'>;

/** What the files of two models offer differently to one who relies on this contract. */
export function offeredDifferences(old: SavedModel, now: SavedModel, contract: Relied): ContractDifference[] {
  const [before, after] = [namedEndpoint(old, contract), namedEndpoint(now, contract)];
  return [
    ...(before && after
      ? [...sizes(before, after), ...parameters(before, after, contract)]
      : endpoints(before, after, contract)),
    ...lists(old, now),
    ...losses(old, now),
  ];
}

function endpoints(
  before: Endpoint | undefined,
  after: Endpoint | undefined,
  { endpoint }: Pick<Contract, 'endpoint'>,
): ContractDifference[] {
  if (before === after) return [];
  const told = { what: endpoint.name, old: before ? 'there' : 'missing', new: after ? 'there' : 'missing' };
  return after
    ? [forAll('widening', { ...told, why: 'It is new.' })]
    : [forAll('breaking', { ...told, why: 'There is nothing to call.' })];
}

function parameters(before: Endpoint, after: Endpoint, contract: Relied): ContractDifference[] {
  const [old, now] = [before.parameters.slice(1), after.parameters.slice(1)];
  const names = new Set([...old, ...now].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [one, other] = [old, now].map((all) => all.find((parameter) => parameter.name === name));
    const told = { what: `argument ${name}`, old: inWords(one), new: inWords(other) };
    return told.old === told.new ? [] : [parameter(one, other, told, roleOf(name, contract))];
  });
}

/** Whose argument it is, by the contract. */
type Role = 'training' | 'anybody' | 'not promised';

function roleOf(name: string, { hyperparameters, fineTuning }: Relied): Role {
  if (name === 'training') return fineTuning?.trainingArgument ? 'anybody' : 'not promised';
  const affects = hyperparameters.find((one) => one.name === name)?.affects;
  return affects === undefined ? 'not promised' : affects === 'inference' ? 'anybody' : 'training';
}

type Told = { readonly what: string; readonly old: string; readonly new: string };

function parameter(
  old: Parameter | undefined,
  now: Parameter | undefined,
  told: Told,
  role: Role,
): ContractDifference {
  if (now !== undefined && now.default === undefined)
    return forAll('breaking', { ...told, why: 'Calls that leave it out fail.' });
  if (old === undefined) return forAll('widening', { ...told, why: 'It need not be passed.' });
  if (now !== undefined && old.default === undefined)
    return forAll('widening', { ...told, why: 'It need not be passed any more.' });
  if (role === 'not promised')
    return forAll('neutral', { ...told, why: 'The contract does not promise this argument.' });
  if (now === undefined) return forAll('breaking', { ...told, why: 'Calls that pass it fail.' });
  if ([told.old, told.new].every((text) => /^default (None|False)$/.test(text)))
    return forAll('neutral', { ...told, why: 'To Python, both are false.' });
  const of = role === 'training' ? forTraining : forAll;
  return of('breaking', { ...told, why: 'Calls that leave it out get another value.' });
}

function inWords(parameter: Parameter | undefined): string {
  if (parameter === undefined) return 'none';
  return parameter.default === undefined ? 'required' : `default ${pythonText(parameter.default)}`;
}

/** The lists that training code walks through: their variables by name, shape, dtype and order. */
function lists(old: SavedModel, now: SavedModel): ContractDifference[] {
  return [
    ...list('variables', listed(old, 'listedVariables'), listed(now, 'listedVariables')),
    ...list('trainable variables', listed(old, 'trainableVariables'), listed(now, 'trainableVariables')),
  ];
}

type Listed = { readonly name: string; readonly tensor: string };

function list(what: string, before: readonly Listed[], after: readonly Listed[]): ContractDifference[] {
  const at = before.findIndex((one, index) => textOf(one) !== textOf(after[index]));
  const first = at === -1 ? before.length : at;
  if (at === -1 && before.length === after.length) return [];
  const told = { what, old: textOf(before[first]), new: textOf(after[first]) };
  if (inAnyOrder(before, textOf) === inAnyOrder(after, textOf))
    return [
      forTraining('breaking', {
        ...told,
        why: `The same ones come in another order, from number ${first} on.`,
      }),
    ];
  const tensor = (one: Listed) => one.tensor;
  if (before.map(tensor).join() === after.map(tensor).join())
    return [forAll('neutral', { ...told, why: 'Only names differ, which the contract does not promise.' })];
  const counts = `There are ${before.length} in OLD and ${after.length} in NEW`;
  return [forTraining('breaking', { ...told, why: `${counts}; number ${first} is the first that differs.` })];
}

function inAnyOrder(listed: readonly Listed[], text: (one: Listed) => string): string {
  return listed.map(text).toSorted().join('\n');
}

function listed(model: SavedModel, key: 'listedVariables' | 'trainableVariables'): Listed[] {
  const byId = new Map(model.variables.map((variable) => [variable.nodeId, variable]));
  return (model[key] ?? []).map(({ nodeId }) => asListed(byId.get(nodeId)));
}

function asListed(variable: Variable | undefined): Listed {
  if (variable === undefined) return { name: 'something else', tensor: '' };
  const shape = variable.shape?.map((size) => size ?? 'any').join(', ');
  const tensor = `${variable.dtype} ${shape === undefined ? 'of any shape' : `[${shape}]`}`;
  return { name: variable.name, tensor };
}

function textOf(listed: Listed | undefined): string {
  return listed === undefined ? 'none' : `${listed.name} ${listed.tensor}`.trim();
}

function losses(old: SavedModel, now: SavedModel): ContractDifference[] {
  const [before, after] = [old.losses?.length ?? 0, now.losses?.length ?? 0];
  if (before === after) return [];
  const told = { what: 'regularization losses', old: String(before), new: String(after) };
  return [forTraining('breaking', { ...told, why: 'Their sum, which training minimizes, is another one.' })];
}
