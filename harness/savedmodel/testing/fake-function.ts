import { argumentValue, type CallArgument } from '../call/argument-value.js';
import type {
  ConcreteFunction,
  FunctionArgument,
  GraphNode,
  LibraryFunction,
  Parameter,
  PythonValue,
  Shape,
  Variable,
} from '../saved-model.js';
import { constant, libraryFunction, operation } from './fake-graph.js';

/** One concrete function of the call; what is left out is as in a sound model. */
export type FakeFunction = {
  /** Default: float32 of any count, height and width, with 3 channels. */
  readonly images?: { readonly dtype?: string; readonly shape?: Shape };
  /** What other arguments were traced for: a Python value, or a tensor spec. Default: a scalar tensor of the default's type. */
  readonly args?: Readonly<Record<string, CallArgument>>;
  /** The structured result. Default: one tensor, float32 [batch, outputSize]. */
  readonly output?: PythonValue;
  /** Paths of the variables that it captures. Default: all of them. */
  readonly captures?: readonly string[];
  /** Its graph; see `operation`. Default: `linearOperations` of the captured variables. */
  readonly operations?: readonly GraphNode[];
  /** What it returns, a reference for each tensor of its result. Default: the first output of the last operation. */
  readonly results?: readonly string[];
};

/** A concrete function and its graph in the library. */
export type MadeFunction = {
  readonly concreteFunction: ConcreteFunction;
  readonly body: LibraryFunction;
};

/** A concrete function with what was left out filled in; `parameters` are those after the images. */
export function functionOf(
  fake: FakeFunction,
  functionName: string,
  parameters: readonly Parameter[],
  variables: readonly Variable[],
  outputSize: number,
): MadeFunction {
  const images = tensor(
    'images',
    fake.images?.dtype ?? 'float32',
    fake.images?.shape ?? [null, null, null, 3],
  );
  const traced = parameters.map((parameter) => tracedFor(parameter, fake.args?.[parameter.name]));
  const captured = fake.captures ? variables.filter(({ path }) => fake.captures?.includes(path)) : variables;
  const output = fake.output ?? tensor('output', 'float32', [null, outputSize]);
  const operations = fake.operations ?? linearOperations(captured.map(({ path }) => path));
  const { results = [`${operations.at(-1)?.name ?? 'images'}:output:0`] } = fake;
  return {
    concreteFunction: {
      functionName,
      positional: [images, ...traced],
      keyword: {},
      captures: captured.map(({ nodeId }) => nodeId),
      output,
    },
    body: libraryFunction(
      functionName,
      [...tensorsIn([images, ...traced]), ...handles(captured)],
      results,
      operations,
    ),
  };
}

/**
 * The graph of a linear model: images averaged over height and width, times the first variable, plus each of the others.
 * Its last operation is `logits`, so that further ones can take `logits:output:0`.
 */
export function linearOperations(paths: readonly string[] = ['kernel', 'bias']): GraphNode[] {
  const T = { kind: 'type', value: 'float32' } as const;
  const operations = [
    constant('axes', [1, 2]),
    operation('pooled', 'Mean', ['images', 'axes:output:0'], { T }),
  ];
  let result = 'pooled:output:0';
  for (const [at, path] of paths.entries()) {
    const read = operation(`read_${at}`, 'ReadVariableOp', [path], { dtype: T });
    const inputs = [result, `read_${at}:value:0`];
    const combined =
      at === 0
        ? operation('scores', 'MatMul', inputs, { T })
        : operation(`sum_${at}`, 'AddV2', inputs, { T });
    operations.push(read, combined);
    result = at === 0 ? 'scores:product:0' : `sum_${at}:z:0`;
  }
  return [...operations, operation('logits', 'Identity', [result], { T })];
}

/** A regularization loss: half the squared sum of a variable, a scalar. */
export function lossOf(functionName: string, { path, nodeId }: Variable): MadeFunction {
  const operations = [
    operation('value', 'ReadVariableOp', [path], { dtype: { kind: 'type', value: 'float32' } }),
    operation('loss', 'L2Loss', ['value:value:0']),
  ];
  const output = tensor('output', 'float32', []);
  return {
    concreteFunction: { functionName, positional: [], keyword: {}, captures: [nodeId], output },
    body: libraryFunction(functionName, [{ name: path, dtype: 'resource' }], ['loss:output:0'], operations),
  };
}

function tracedFor({ name, default: defaultValue }: Parameter, given: CallArgument | undefined): PythonValue {
  if (given !== undefined) return argumentValue(given);
  if (name === 'training') return { kind: 'bool', value: false };
  const dtypes: Readonly<Record<string, string>> = { bool: 'bool', int: 'int32' };
  return tensor(name, dtypes[defaultValue?.kind ?? ''] ?? 'float32', []);
}

function tensor(name: string, dtype: string, shape: Shape): PythonValue {
  return { kind: 'tensor', name, dtype, shape };
}

function tensorsIn(values: readonly PythonValue[]): FunctionArgument[] {
  return values.flatMap((value) =>
    value.kind === 'tensor' ? [{ name: value.name, dtype: value.dtype }] : [],
  );
}

function handles(variables: readonly Variable[]): FunctionArgument[] {
  return variables.map(({ path }) => ({ name: path, dtype: 'resource' }));
}
