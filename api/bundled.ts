import { fileURLToPath } from 'node:url';
import type { CheckSet } from '../harness/run/check-set.js';
import { checks } from '../suites/all.js';

/** The checks that come with this package. */
export const bundled: CheckSet = {
  checks,
  modules: [fileURLToPath(new URL('../suites/all.js', import.meta.url))],
};
