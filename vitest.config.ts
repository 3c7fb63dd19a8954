import { defineConfig } from 'vitest/config';

/** Tests run compiled, from dist/, so that what is tested is what ships. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['dist/**/*.test.js'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    watch: false,
  },
});
