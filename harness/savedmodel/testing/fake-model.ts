import type { Contract } from '../../contract/contract.js';
import { argumentValue, type CallArgument } from '../call/argument-value.js';
import type { Endpoint, LibraryFunction, ListItem, Loss, Parameter, SavedModel } from '../saved-model.js';
import { type FakeFunction, functionOf, lossOf, type MadeFunction } from './fake-function.js';
import { type FakeVariable, fakeVariables } from './fake-variables.js';

export type FakeModelOptions = {
  /** Arguments after the images, each with its default, or `'required'`. */
  readonly parameters?: Readonly<Record<string, CallArgument | 'required'>>;
  /**
   * What was traced, in the order that `hub.load` tries it. Default: one function, or where there is an argument
   * `training`, one for False and one for True. Other arguments are scalar tensors.
   */
  readonly concreteFunctions?: readonly FakeFunction[];
  /** Default: `kernel` and `bias`, both trainable. A text is a path. All are listed. */
  readonly variables?: readonly (string | FakeVariable)[];
  /** How many regularization losses there are, each of the first variable. Default: none. */
  readonly losses?: number;
  /** Columns of the output. Default: 4. */
  readonly outputSize?: number;
  /** Default: the method `__call__`. */
  readonly endpoint?: Contract['endpoint'];
  /** Further functions of the library, for operations that name them. */
  readonly functions?: readonly LibraryFunction[];
  /** Anything else; it stands in the model as it is given here. */
  readonly also?: Partial<SavedModel>;
};

/**
 * A SavedModel as it would be read from its files. What is left out is sound: the root's `__call__` takes images of
 * any count and size, averages them over height and width, multiplies by `kernel` and adds `bias`.
 */
export function fakeModel(options: FakeModelOptions = {}): SavedModel {
  const { outputSize = 4, endpoint = { kind: 'method', name: '__call__' } } = options;
  const variables = fakeVariables(options.variables ?? ['kernel', 'bias'], outputSize);
  const parameters = parametersOf(options);
  const called = functionsOf(options).map((fake, at) =>
    functionOf(fake, `__inference_call_${at}`, parameters, variables, outputSize),
  );
  const losses = variables
    .slice(0, 1)
    .flatMap((variable) =>
      Array.from({ length: options.losses ?? 0 }, (_, at) => lossOf(`__inference_loss_${at}`, variable)),
    );
  const bodies = [...[...called, ...losses].map(({ body }) => body), ...(options.functions ?? [])];
  const offered = offeredAs(endpoint, parameters, called);
  const items = variables.map(({ nodeId }): ListItem => ({ kind: 'variable', nodeId }));
  return {
    ...empty,
    rootNames: [...offered.methods.keys(), 'variables', 'trainable_variables', 'regularization_losses'],
    ...offered,
    variables,
    listedVariables: items,
    trainableVariables: items.filter((_, at) => variables[at]?.trainable),
    losses: losses.map(({ concreteFunction }, at): Loss => {
      const path = `regularization_losses[${at}]`;
      return { kind: 'function', endpoint: polymorphic(path, 100 + at, [], [concreteFunction]) };
    }),
    callables: called.map(({ concreteFunction }) => ({ path: endpoint.name, concreteFunction })),
    functions: new Map(bodies.map((body) => [body.name, body])),
    ...options.also,
  };
}

/** What a sound model offers that keeps a contract: its arguments, columns, endpoint and losses. */
export function promisedBy(contract: Contract): FakeModelOptions {
  const { fineTuning, hyperparameters, outputSize, endpoint } = contract;
  const losses = fineTuning?.regularizationLosses;
  return {
    parameters: {
      ...(fineTuning?.trainingArgument ? { training: false } : {}),
      ...Object.fromEntries(
        hyperparameters.map(({ name, type, default: value }) => [name, { kind: type, value }]),
      ),
    } as Readonly<Record<string, CallArgument>>,
    losses: typeof losses === 'number' ? losses : 0,
    outputSize,
    endpoint,
  };
}

const empty = {
  folder: '/models/fake',
  tensorflowVersion: '2.21.0',
  resources: new Map(),
  assets: [],
  customGradients: new Map(),
  graphNodes: new Map(),
  saver: { filename: '', save: '', restore: '' },
  served: [],
  assetNodes: [],
  functionGradients: [],
  libraryBytes: new Uint8Array(),
  graphVersions: { producer: 1882, minConsumer: 0 },
  notes: [],
} satisfies Partial<SavedModel>;

function parametersOf({ parameters = {} }: FakeModelOptions): Parameter[] {
  return Object.entries(parameters).map(([name, value]) =>
    value === 'required'
      ? { name, keywordOnly: false }
      : { name, keywordOnly: false, default: argumentValue(value) },
  );
}

function functionsOf({ concreteFunctions, parameters = {} }: FakeModelOptions): readonly FakeFunction[] {
  if (concreteFunctions) return concreteFunctions;
  return 'training' in parameters ? [false, true].map((training) => ({ args: { training } })) : [{}];
}

/** The endpoint, as a method of the root or as a signature. */
function offeredAs(
  endpoint: Contract['endpoint'],
  parameters: readonly Parameter[],
  called: readonly MadeFunction[],
): Pick<SavedModel, 'methods' | 'signatures'> {
  const functions = called.map(({ concreteFunction }) => concreteFunction);
  const all = [{ name: 'images', keywordOnly: false }, ...parameters];
  const none: ReadonlyMap<string, Endpoint> = new Map();
  if (endpoint.kind === 'method')
    return {
      methods: new Map([[endpoint.name, polymorphic(endpoint.name, 1, all, functions)]]),
      signatures: none,
    };
  const named = functions.slice(0, 1).map(({ positional: [images = { kind: 'none' }], ...rest }) => {
    const output = { kind: 'dict', entries: { [endpoint.output]: rest.output } } as const;
    return { ...rest, positional: [], keyword: { images }, output };
  });
  const parameter = { name: 'images', keywordOnly: true };
  const signature: Endpoint = { ...polymorphic(endpoint.name, 2, [parameter], named), kind: 'bare' };
  return { methods: none, signatures: new Map([[endpoint.name, signature]]) };
}

function polymorphic(
  name: string,
  nodeId: number,
  parameters: readonly Parameter[],
  concreteFunctions: Endpoint['concreteFunctions'],
): Endpoint {
  const variadic = { variadic: false, anyPositional: false, anyKeyword: false };
  return { name, nodeId, kind: 'polymorphic', parameters, ...variadic, concreteFunctions };
}
