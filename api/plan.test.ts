import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundled } from './bundled.js';
import { allChecks, makePlan } from './plan.js';
import { assay } from './vitest.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-plan-'));
const own = `export const checks = [{ id: 'acme/one', level: 'must', demands: 'It MUST.', applies: () => true,
  explain: { matters: 'm', decided: 'd', fix: 'f' }, kind: 'reading', read: () => ({ status: 'pass', summary: '' }) }];`;

beforeAll(() => {
  write('acme.mjs', own);
  mkdirSync(path.join(folder, 'model'));
  const spec = 'model: model\napi: image-feature-vector\nimage_size: 8\nnum_features: 4\n';
  write('plain.yaml', spec);
  write('waived.yaml', `${spec}waivers: [{ check: acme/one, reason: known }]\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a plan', () => {
  test('holds each spec that was found, and all checks', async () => {
    const { specs, modules, chosen } = await makePlan({ specs: ['*.yaml'] }, folder);
    expect(specs.map(({ file }) => path.basename(file))).toEqual(['plain.yaml', 'waived.yaml']);
    expect(modules).toEqual([bundled]);
    expect(chosen).toEqual(bundled.checks);
  });

  test('takes custom checks where checks are chosen, and in waivers', async () => {
    const asked = { specs: ['waived.yaml'], checks: ['acme.mjs'], only: ['acme', 'output/dtype'] };
    const { specs, chosen } = await makePlan(asked, folder);
    expect(chosen.filter(({ gatesRun }) => !gatesRun).map(({ id }) => id)).toEqual([
      'output/dtype',
      'acme/one',
    ]);
    expect(problemsIn(specs)).toEqual([]);
  });

  test('knows no custom check that was not asked for', async () => {
    const { specs } = await makePlan({ specs: ['waived.yaml'] }, folder);
    expect(problemsIn(specs)).toEqual([expect.stringContaining('acme/one')]);
    await expect(makePlan({ specs: ['plain.yaml'], only: ['acme'] }, folder)).rejects.toThrow('acme');
  });
});

test('a custom check whose level cannot be told is refused', async () => {
  write('leveless.mjs', own.replace("level: 'must'", 'level: (contract) => contract.nothing.there'));
  const asked = { specs: ['plain.yaml'], checks: ['leveless.mjs'] };
  await expect(makePlan(asked, folder)).rejects.toThrow('leveless.mjs: acme/one: `level` fails for plain: ');
});

test('all checks are ours, then those of the modules that are named', async () => {
  const checks = await allChecks([path.join(folder, 'acme.mjs')]);
  expect(checks.map(({ id }) => id)).toEqual([...bundled.checks.map(({ id }) => id), 'acme/one']);
});

describe('the plugin of vitest', () => {
  test('makes a spec a module of tests, with custom checks seen from the root', async () => {
    const plugin = assay({ seed: 7, checks: ['./acme.mjs'] });
    call(plugin.configResolved, { root: folder });
    const code = await call(plugin.load, path.join(folder, 'waived.yaml'));
    expect(code).toContain(JSON.stringify(path.join(folder, 'acme.mjs')));
    expect(code).toContain('"kind":"contract"');
    expect(code).toContain('"seed":7');
  });

  test('leaves other files alone, and reports a spec with mistakes as that', async () => {
    write('bad.yaml', 'model: 1');
    const { load } = assay();
    expect(await call(load, '/src/main.ts')).toBeNull();
    expect(await call(load, path.join(folder, 'bad.yaml'))).toContain('"kind":"unreadable"');
  });
});

/** Calls a hook of a plugin as vite does. */
function call(hook: unknown, ...args: readonly unknown[]): unknown {
  return typeof hook === 'function' ? Reflect.apply(hook, undefined, args) : undefined;
}

function problemsIn(specs: Awaited<ReturnType<typeof makePlan>>['specs']): string[] {
  return specs.flatMap(({ parsed }) =>
    parsed.kind === 'problems' ? parsed.problems.map(({ message }) => message) : [],
  );
}

function write(file: string, text: string): void {
  writeFileSync(path.join(folder, file), text);
}

describe('another model for a spec', () => {
  const spec = bundledSpec('tiny-features');

  test('takes the place of the one that the spec names', async () => {
    const { specs } = await makePlan({ specs: [spec], model: 'model' }, folder);
    expect(specs).toMatchObject([
      {
        givenModel: true,
        parsed: { contract: { model: { kind: 'folder', path: path.join(folder, 'model') } } },
      },
    ]);
  });

  test('of several specs, each has its own, by its name', async () => {
    const specs = [spec, bundledSpec('tiny-classifier')];
    const plan = await makePlan({ specs, model: 'models-under-test/{name}' }, process.cwd());
    const models = plan.specs.map(({ parsed }) => parsed.kind === 'contract' && parsed.contract.model);
    expect(models).toMatchObject([
      { path: path.resolve('models-under-test/tiny-classifier') },
      { path: path.resolve('models-under-test/tiny-features') },
    ]);
    await expect(makePlan({ specs, model: 'copies/{name}' }, process.cwd())).rejects.toThrow(
      /copies\/tiny-[a-z]+ does not exist/,
    );
  });

  test.each([
    [[spec, bundledSpec('tiny-classifier')], 'copies/v2', /One model .* against 2 specs/],
    [[spec], 'copies/v2', /copies\/v2 does not exist/],
    [[spec], 'package.json', /is a file, but a SavedModel is a folder/],
    [[spec], 'https://example.org/model.tar.gz', /is an address/],
  ])('%s with %s is refused', async (specs, model, why) => {
    await expect(makePlan({ specs, model }, process.cwd())).rejects.toThrow(why);
  });
});

function bundledSpec(name: string): string {
  return fileURLToPath(new URL(`../../specs/${name}.yaml`, import.meta.url));
}
