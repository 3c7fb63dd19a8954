import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readSpec } from '../contract/parsing/parse.js';
import { specPlugin } from './plugin.js';

const options = { seed: 7, strict: false, allowUnsafe: false, today: '2026-12-01', workFolder: '/tmp/w' };

const specs = new URL('../../../specs/', import.meta.url);

test.each(readdirSync(specs).filter((file) => file.endsWith('.yaml')))(
  'the contract of %s survives the way into its test module',
  async (file) => {
    const parsed = await readSpec(fileURLToPath(new URL(file, specs)));
    const contract = parsed.kind === 'contract' ? parsed.contract : undefined;
    expect(contract).toBeDefined();
    expect(JSON.parse(JSON.stringify(contract))).toStrictEqual(contract);
  },
);

test('the module of a spec imports the checks, and holds what the spec says', async () => {
  const spec = { kind: 'unreadable', message: 'no "model"' } as const;
  const modules = ['/a/all.js', '/b/mine.js'];
  const code = await loaded('/specs/m.yaml?v=1', async (file) =>
    file === '/specs/m.yaml' ? { spec, modules, options } : undefined,
  );
  expect(code).toContain('import { checks as checks1 } from "/b/mine.js";');
  expect(code).toContain(
    `registerSpec({ afterAll, describe, test }, ${JSON.stringify(spec)}, [...checks0, ...checks1], ${JSON.stringify(options)});`,
  );
});

test.each([
  ['/specs/m.yaml', '/app/specs/m.yaml'],
  ['/@fs/specs/m.yaml', '/specs/m.yaml'],
  ['/app/specs/m.yaml', '/app/specs/m.yaml'],
])('beside a file of the same path on the machine, %s is %s', (id, file) => {
  const plugin = specPlugin(
    (one) => ['/specs/m.yaml', '/app/specs/m.yaml', '/app/app/specs/m.yaml'].includes(one),
    async () => undefined,
  );
  plugin.configResolved({ root: '/app' });
  expect(plugin.resolveId(id)).toBe(file);
});

test('a file that is no spec is left to others', async () => {
  expect(await loaded('/a.ts', async () => undefined)).toBeNull();
});

test.each([
  ['/specs/m.yaml', '/specs/m.yaml'],
  ['/@fs/specs/m.yaml', '/specs/m.yaml'],
  ['/specs/m.yaml?v=1', '/specs/m.yaml'],
  ['/m.yaml', '/specs/m.yaml'],
  ['/other.yaml', null],
  ['m.yaml', null],
  ['./m.yaml', null],
])('%s is resolved to %s, links as they are', (id, file) => {
  const plugin = specPlugin(
    (one) => one === '/specs/m.yaml',
    async () => undefined,
  );
  plugin.configResolved({ root: '/specs' });
  expect(plugin.resolveId(id)).toBe(file);
});

function loaded(id: string, specModule: Parameters<typeof specPlugin>[1]): Promise<string | null> {
  return specPlugin(() => true, specModule).load(id);
}
