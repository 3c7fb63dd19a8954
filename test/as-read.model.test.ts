import { cpSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';
import { runOf } from '../proof/running.js';
import { checks } from '../suites/all.js';
import { assay, emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
const at = (...parts: readonly string[]) => path.join(folder, ...parts);
const twin = (name: string) => inProject('models-under-test/twins', name);
const contract = (model: string) =>
  readFileSync(twin('row-sees-its-neighbour.yaml'), 'utf8').replace(/^model: .*/m, `model: ${model}`);

beforeAll(async () => {
  await ensureRuntime();
}, 600_000);

afterAll(remove);

/** The first has rows of float32, the second of float64; each lies beside a spec, which for the second is a link. */
beforeAll(() => {
  for (const [name, model] of [
    ['sound', 'row-sees-its-neighbour'],
    ['broken', 'float64-rows'],
  ] as const)
    cpSync(twin(model), at(name, 'model'), { recursive: true });
  writeFileSync(at('sound/spec.yaml'), contract('model'));
  symlinkSync('../sound/spec.yaml', at('broken/spec.yaml'));
  for (const made of ['.git', 'linked']) mkdirSync(at(made));
  symlinkSync('../sound', at('linked/specs'));
});

async function verdicts(specs: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const args = ['check', ...specs, '--only', 'output/dtype', '--report', 'json', '--out', at('out')];
  const { code } = await assay(args, { cwd: folder, env });
  const { models } = JSON.parse(readFileSync(at('out/run.json'), 'utf8')) as Run;
  return [code, models.map(({ spec, verdict }) => [spec, verdict])];
}

const broken = ['broken/spec.yaml', 'does-not-conform'];
const sound = ['sound/spec.yaml', 'conforms'];

describe('a spec that is a link is the contract of the model beside the link', () => {
  test.each([
    [['.'], {}, [1, [broken, ['linked/specs/spec.yaml', 'conforms'], sound]]],
    [['broken'], {}, [1, [broken]]],
    [['linked', 'sound'], {}, [0, [['linked/specs/spec.yaml', 'conforms'], sound]]],
    [['sound', 'broken'], { CI: '1' }, [1, [broken, sound]]],
  ])('%j %j', { timeout: 120_000 }, async (specs, env, expected) => {
    expect(await verdicts(specs, env)).toEqual(expected);
  });
});

/** A run of a sound model, in which this is done at each progress. */
async function runWhile(spec: string, change: () => void): Promise<Run> {
  writeFileSync(spec, contract(at('sound/model')));
  return runOf([spec], 1, {
    checksFor: () => checks.filter(({ id }) => /^(output.dtype|safety.*)$/.test(id)),
    onProgress: change,
  });
}

test.each<[string, string, () => void]>([
  ['is written to', 'unknown', () => writeFileSync(at('sound/model/assets/words/list'), `${Math.random()}`)],
  [
    'gets a further name',
    'conforms',
    () => linkSync(at('sound/model/saved_model.pb'), at(`${Math.random()}`)),
  ],
])(
  'a file of the model %s meanwhile: %s',
  async (_, verdict, change) => {
    mkdirSync(at('sound/model/assets/words'), { recursive: true });
    writeFileSync(at('sound/model/assets/words/list'), 'one');
    expect(await runWhile(at('steady.yaml'), change)).toMatchObject({ verdict });
  },
  120_000,
);

test('of a spec that changes while its model is checked, nothing is concluded', async () => {
  const spec = at('edited.yaml');
  const { models, verdict } = await runWhile(spec, () => writeFileSync(spec, contract(at('broken/model'))));
  expect(verdict).toBe('unknown');
  expect(models[0]?.checks).toHaveLength(3);
  for (const { status, reason } of models[0]?.checks ?? [])
    expect([status, reason]).toEqual([
      'error',
      expect.stringContaining('changed while its model was checked'),
    ]);
}, 120_000);
