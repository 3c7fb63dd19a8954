import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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

/** The longest first: one that starts last would leave the other worker idle. In a clean clone, vitest only knows sizes of files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      /test\/(twins|conforming|compare)\.model/.test(moduleId);
    return [...usual.filter(isLong), ...usual.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    maxWorkers: 2,
    watch: false,
    projects: [
      { test: { ...usual, name: 'unit', include: ['dist/**/*.test.js'], exclude: [model], isolate: false } },
      { test: { ...usual, name: 'model', include: [model], maxConcurrency: 2 } },
    ],
  },
});
