import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageFile } from '../../verdict/package-files.js';
import { ensureRuntime } from './runtime.js';

/** Loads a model, which runs its graph: the function that restores its variables. */
const program = "require(process.argv[1]).loadSavedModel(process.argv[2], 'serve')";

test('a session runs its graph as written, and optimizes the functions that it calls', async () => {
  const { addon } = await ensureRuntime();
  const model = packageFile('models-under-test/tiny-features');
  const env = { ...process.env, TF_CPP_VMODULE: 'meta_optimizer=1' };
  const { stderr } = await promisify(execFile)(process.execPath, ['-e', program, addon, model], { env });
  const optimized = [...stderr.matchAll(/Starting optimization for grappler item: (\S+)/g)];
  expect(optimized.map(([, item]) => item)).toEqual([expect.stringMatching(/^__inference__traced_restore/)]);
});
