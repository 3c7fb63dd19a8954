import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedRuntime } from './installed.js';
import { stubAddon, temporaryCache, temporaryFolder } from './stubs.test.support.js';

/** A project with a tfjs-node in it, whose addon is this file. */
function projectWith(addon?: string): string {
  const project = temporaryFolder();
  const installed = join(project, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(join(installed, 'lib/napi-v8'), { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{"version": "4.20.0"}');
  if (addon !== undefined) cpSync(addon, join(installed, 'lib/napi-v8/tfjs_binding.node'));
  return project;
}

test('an installed tfjs-node whose addon loads is used', async () => {
  temporaryCache();
  const found = await installedRuntime(projectWith(stubAddon('2.9.1')), undefined);
  expect(found).toMatchObject({ source: 'installed', tensorflow: '2.9.1', tfjsNode: '4.20.0' });
  expect(found.addon).toBe(join(found.folder, 'lib/napi-v8/tfjs_binding.node'));
});

test('it is looked for from the folders above, too', async () => {
  temporaryCache();
  const inner = join(projectWith(stubAddon('2.9.1')), 'a/b');
  mkdirSync(inner, { recursive: true });
  expect(await installedRuntime(inner, undefined)).toMatchObject({ source: 'installed' });
});

test('whether it loads is tried once', async () => {
  const cache = temporaryCache();
  const project = projectWith(stubAddon('2.9.1'));
  await installedRuntime(project, undefined);
  const [memory = ''] = readdirSync(join(cache, 'installed'));
  writeFileSync(join(cache, 'installed', memory), '{"loads": true, "tensorflow": "remembered"}');
  expect(await installedRuntime(project, undefined)).toMatchObject({ tensorflow: 'remembered' });
});

test('one with another TensorFlow than asked for, without an addon, or broken, is not', async () => {
  temporaryCache();
  const finding = (project: string, version?: string) => installedRuntime(project, version);
  await expect(finding(projectWith(stubAddon('2.9.1')), '2.15.1')).rejects.toThrow(
    'with TensorFlow 2.9.1, not 2.15.1',
  );
  await expect(finding(projectWith())).rejects.toThrow(/does not load: .* is missing/);
  await expect(finding(projectWith(import.meta.filename))).rejects.toThrow(/does not load/);
  await expect(finding(temporaryFolder())).rejects.toThrow('Not installed');
});
