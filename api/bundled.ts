import { fileURLToPath } from 'node:url';
import type { CheckModule } from '../harness/run/check-module.js';
import { checks } from '../suites/all.js';

/** The checks that come with this package. */
export const bundled: CheckModule = {
  file: fileURLToPath(new URL('../suites/all.js', import.meta.url)),
  checks,
};
