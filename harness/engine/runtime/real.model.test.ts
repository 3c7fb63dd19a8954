import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damage, readManifest } from './manifest.js';
import { probe } from './probe.js';
import { ensureRuntime, findRuntime } from './runtime.js';
import { recordedWork, temporaryCache, temporaryFolder } from './stubs.test.support.js';

/** Takes the wheel from pip's index (some 300 MB) and the sources from npm's, so it runs only when it is asked to. */
const asked = process.env.ASSAY_TEST_PREPARE === '1';

test.runIf(asked)(
  'a runtime is prepared from the real wheel, in an empty cache',
  { timeout: 600_000 },
  async () => {
    const cache = temporaryCache();
    const cwd = temporaryFolder();
    const { progressed, onProgress } = recordedWork();
    const runtime = await ensureRuntime({ cwd, onProgress });
    expect(runtime).toMatchObject({ tensorflow: '2.21.0', tfjsNode: '4.22.0', source: 'wheel' });
    expect(await probe(runtime.addon)).toEqual({ loads: true, tensorflow: '2.21.0' });
    expect(new Set(progressed.map(({ step }) => step))).toEqual(
      new Set(['download', 'check', 'unpack', 'compile']),
    );
    const manifest = await readManifest(runtime.folder);
    expect(manifest && (await damage(runtime.folder, manifest, 'thorough'))).toBeUndefined();
    expect(existsSync(join(runtime.folder, 'scratch'))).toBe(false);
    expect(readdirSync(join(cache, 'runtimes'))).toHaveLength(1);
    const begun = performance.now();
    expect(await findRuntime({ cwd })).toEqual(runtime);
    expect(performance.now() - begun).toBeLessThan(100);
  },
);
