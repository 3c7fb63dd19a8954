import { defineConfig } from 'vitest/config';

/** Tests run compiled, from dist/, so that what is tested is what ships. */
const usual = {
  root: import.meta.dirname,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // A test must not find the results of an earlier one.
  env: { ASSAY_NO_CACHE: '1' },
  // Node imports them itself, which is faster.
  server: { deps: { external: [/\/dist\/.*\.js$/] } },
};

/** What starts TensorFlow, a browser, npm, Python or many processes. */
const model = 'dist/**/*.model.test.js';

export default defineConfig({
  test: {
    maxWorkers: 2,
    watch: false,
    projects: [
      { test: { ...usual, name: 'unit', include: ['dist/**/*.test.js'], exclude: [model], isolate: false } },
      { test: { ...usual, name: 'model', include: [model], maxConcurrency: 2 } },
    ],
  },
});
