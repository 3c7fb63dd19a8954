import { describe, expect, test } from 'vitest';
import { argumentsIn } from './arguments.js';
import { catalogue, factsOf } from './catalogue.js';
import type { Acts, Effect, OperationFacts, StateKind, UnitsClass } from './operation-facts.js';

const rows = [...catalogue().values()];

test('holds each operation once, in order', () => {
  const names = rows.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  expect(rows.filter(({ until, only }) => until === undefined && only !== 'TensorRT')).toHaveLength(1910);
});

test('knows an operation, and none that there is not', () => {
  expect(factsOf('Relu')).toMatchObject({ units: 'elementwise', gradient: ['features'] });
  expect(factsOf('Addons>Mish')).toBeUndefined();
});

test('uses the words of its types', () => {
  expect(rows.filter(({ units }) => !unitsClasses[units])).toEqual([]);
  expect(rows.filter(({ acts }) => acts !== undefined && !allActs[acts])).toEqual([]);
  expect(rows.flatMap(({ outside = [] }) => outside).filter(({ does }) => !effects[does])).toEqual([]);
  const touched = rows.flatMap(({ makes = [], reads = [], writes = [] }) => [...makes, ...reads, ...writes]);
  expect(touched.filter((kind) => !stateKinds[kind])).toEqual([]);
});

test('names inputs and outputs that are there', () => {
  expect(rows.flatMap(namedInputs)).toEqual([]);
  expect(rows.filter(({ from = [], gives }) => from.some((name) => !has(gives, name)))).toEqual([]);
});

describe('says nothing that contradicts itself', () => {
  test.each<readonly [string, (row: OperationFacts) => boolean]>([
    ['draws without being random', ({ units, random }) => units === 'draws' && random === undefined],
    [
      'has a seed without being random by it',
      ({ random }) => (random?.by === 'seed') !== (random?.seeds !== undefined),
    ],
    [
      'is random by a generator that it does not move on',
      ({ random, writes }) => random?.by === 'generator' && !writes?.includes('generator'),
    ],
    [
      'is random and only looks at shapes',
      ({ units, random }) => units === 'shape-only' && random !== undefined,
    ],
    ['gives units of what it has no outputs for', ({ units, gives }) => !unitless.has(units) && gives === ''],
    ['takes values from nothing', ({ units, takes }) => valued.has(units) && takes === ''],
    [
      'is a source that takes values',
      ({ units, takes, makes }) => units === 'source' && takes !== '' && !makes && !seeded.test(takes),
    ],
    [
      'hides what it does, and units are known',
      ({ units, outside }) =>
        !hidden.has(units) && !!outside?.some(({ does }) => does === 'opaque' || does === 'python'),
    ],
    [
      'runs unseen code with no effect named',
      ({ random, outside }) => random?.by === 'unseen' && outside === undefined,
    ],
    [
      'draws or writes to variables behind a gradient',
      ({ writes, gradient }) => !!writes?.includes('variable') && Array.isArray(gradient),
    ],
    [
      'takes a gradient from outputs, and has none',
      ({ from, gradient }) => from !== undefined && !Array.isArray(gradient),
    ],
    ['holds its shape in two places', ({ like, held }) => like !== undefined && held !== undefined],
    ['sums where it decides', ({ acts, units }) => acts === 'adds' && units !== 'elementwise'],
    [
      'writes to a variable that it is not given',
      ({ name, writes, takes }) =>
        !!writes?.includes('variable') && !/resource|&|\[/.test(takes) && !name.startsWith('Inplace'),
    ],
  ])('%s', (_, contradicts) => {
    expect(rows.filter(contradicts).map(({ name }) => name)).toEqual([]);
  });

  test('is stateful for TensorFlow where it is random each run, but for a few', () => {
    const each = rows.filter(({ random, stateful }) => random?.by === 'kernel' && !stateful);
    expect(each.map(({ name }) => name)).toEqual(unmarked);
  });
});

const unitless = new Set<UnitsClass>(['none', 'unknown', 'calls', 'source']);
const hidden = new Set<UnitsClass>(['none', 'unknown']);
const valued = new Set<UnitsClass>([
  'same',
  'elementwise',
  'keeps',
  'reduces',
  'segments',
  'accumulates',
  'reshapes',
]);
const seeded = /^(seed|dim|shape|size|handle)/;

const unmarked = [
  'ExtractGlimpse',
  'ExtractGlimpseV2',
  'FractionalAvgPool',
  'FractionalMaxPool',
  'RiscRandomUniform',
  'SamplingDataset',
  'SdcaOptimizer',
  'SdcaOptimizerV2',
  'ShuffleAndRepeatDataset',
  'ShuffleDataset',
];

function namedInputs({ name, takes, of, like, held, gradient, random, outside = [] }: OperationFacts) {
  const conditions = outside.flatMap(({ unless }) => unless?.input ?? []);
  const carrying = typeof gradient === 'string' ? [] : (gradient ?? []);
  const named = [of, like, held, ...carrying, ...(random?.seeds ?? []), ...conditions];
  return named
    .filter((input) => input !== undefined && !has(takes, input))
    .map((input) => `${name} ${input}`);
}

function has(text: string, name: string): boolean {
  return argumentsIn(text).some((argument) => argument.name === name);
}

const unitsClasses: Record<UnitsClass, true> = {
  same: true,
  elementwise: true,
  keeps: true,
  reduces: true,
  segments: true,
  accumulates: true,
  reshapes: true,
  combines: true,
  contracts: true,
  mixes: true,
  'shape-only': true,
  source: true,
  draws: true,
  calls: true,
  'from-state': true,
  none: true,
  unknown: true,
};

const allActs: Record<Acts, true> = { adds: true, compares: true, chooses: true, rounds: true };

const effects: Record<Effect, true> = {
  'reads-files': true,
  'lists-files': true,
  'writes-files': true,
  'caches-in-files': true,
  prints: true,
  'prints-into-file': true,
  'reads-vocabulary': true,
  'reads-message-type': true,
  'configures-files': true,
  'sends-to-address': true,
  network: true,
  'other-processes': true,
  'other-device': true,
  'ends-process': true,
  python: true,
  'hidden-graph': true,
  opaque: true,
};

const stateKinds: Record<StateKind, true> = {
  accumulator: true,
  barrier: true,
  batch: true,
  communicator: true,
  'dataset-cache': true,
  'dataset-service': true,
  device: true,
  engine: true,
  generator: true,
  iterator: true,
  mutex: true,
  queue: true,
  reader: true,
  resource: true,
  rpc: true,
  sampler: true,
  'seed-generator': true,
  session: true,
  'sparse-tensors': true,
  stack: true,
  'staging-area': true,
  statistics: true,
  'summary-writer': true,
  table: true,
  'tensor-array': true,
  'thread-pool': true,
  trees: true,
  unseen: true,
  variable: true,
};
